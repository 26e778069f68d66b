"""The threats, and the tests that hold each, by their files under tests/."""

from collections.abc import Mapping

ROLES = "hub/test_roles.py"
MATRIX = "attacks/hub/test_matrix.py::test_only_what_is_listed_is_done"
DOORS = "attacks/hub/test_doors.py"
FLOODS = "attacks/hub/test_floods.py"
BAD = "hub/test_bad_input.py"
IN = "hub/test_arriving.py"
FILES = "attacks/hub/test_importing.py"
SIGNING_IN = "hub/test_signing_in.py"
BOX = "services/contracts/test_box_offers.py"
SOCKETS = "transports/test_sockets.py"
FRAMES = "transports/test_conformance.py"
NAMES = "attacks/pages/test_hostile_names.py::test_two_hundred_hostile_names_on_four_pages_are_text_and_nothing_runs"
ANNOUNCED_NAMES = (
    "attacks/pages/test_hostile_names.py::test_hostile_names_of_teams_captains_and_venues_are_text_wherever_teams_announce_themselves"
)
LOGS = "attacks/sockets/test_secrets_in_logs.py::test_no_key_is_in_the_log_or_repeated_and_none_is_taken_from_an_address"

THREATS: Mapping[int, tuple[str, ...]] = {
    1: (
        f"{DOORS}::test_only_our_own_host_and_our_own_pages_come_in",
        f"{SOCKETS}::test_a_page_of_another_address_gets_no_connection",
    ),
    2: (
        f"{DOORS}::test_a_key_in_an_address_is_refused_and_not_repeated",
        LOGS,
        f"{IN}::test_a_screen_is_paired_by_the_code_it_shows",
    ),
    3: (
        f"{FLOODS}::test_a_hundred_thousand_guesses_learn_nothing_that_tells_a_closed_battle_from_none",
        f"{FLOODS}::test_while_thousands_guess_an_address_has_one_try_and_whoever_is_right_still_comes_in",
        f"{IN}::test_wrong_pins_are_counted_by_address_and_right_ones_are_not",
        f"{SIGNING_IN}::test_an_address_has_five_guesses_and_then_one_in_twelve_seconds_and_others_have_theirs",
        f"{SIGNING_IN}::test_guesses_are_looked_at_one_by_one_eight_wait_and_the_hub_plays_on",
        f"{SIGNING_IN}::test_a_wrong_password_and_an_unknown_name_are_refused_alike_and_looked_at_alike",
        "stores/test_host_passwords.py::test_an_unknown_name_costs_what_a_wrong_password_costs",
    ),
    4: (
        f"{FLOODS}::test_of_five_thousand_bots_most_stay_outside_and_the_console_has_one_line_and_works",
        f"{FLOODS}::test_names_to_approve_pile_up_only_so_far_and_are_on_no_screen",
        "js/staff/test_people.py::test_a_flood_is_one_line_with_the_one_thing_to_do",
        f"{IN}::test_a_locked_lobby_takes_no_new_team_and_says_so_before",
    ),
    5: (MATRIX, f"{ROLES}::test_a_role_cannot_be_claimed", f"{ROLES}::test_the_third_forbidden_message_ends_the_connection"),
    6: ("hub/test_canary.py::test_no_solution_is_heard_before_its_time",),
    7: (
        "e2e/test_secrets_stay.py::test_no_solution_is_in_any_frame_or_reply_before_its_reveal_and_the_evening_can_be_verified",
        "rounds/test_freeze.py::test_pictures_get_random_names_and_their_size",
        "rounds/test_freeze.py::test_place_and_id_of_an_option_say_nothing_of_where_it_was_written",
        "battle/test_secrecy.py::test_two_battles_that_differ_only_in_what_is_right_look_the_same_to_the_byte_until_the_reveal",
    ),
    8: (
        "hub/test_answers.py::test_an_answer_that_can_never_count_is_refused_in_its_ack",
        f"{BAD}::test_a_tap_after_the_results_lands_in_no_question",
    ),
    9: (
        f"{BOX}::test_in_time_is_from_the_opening_to_the_cut_off_both_included",
        "hub/test_answers.py::test_an_answer_counts_by_the_stamp_of_its_reading_and_a_late_one_is_told_by_how_much",
    ),
    10: (f"{BAD}::test_no_time_that_a_device_claims_is_even_read",),
    11: (f"{BAD}::test_no_time_that_a_device_claims_is_even_read",),
    12: (
        f"{BOX}::test_which_revision_stands_is_the_order_of_stamp_and_id_never_of_arrival",
        f"{BOX}::test_where_the_first_counts_a_tap_locks",
    ),
    13: (f"{BOX}::test_a_repeat_gets_the_first_result_whatever_its_stamp",),
    14: (f"{BOX}::test_a_known_id_with_another_value_or_team_is_a_conflict_and_the_first_stands",),
    15: (
        f"{IN}::test_two_resumes_in_one_moment_leave_one_connection",
        f"{IN}::test_a_token_is_known_again_and_the_older_connection_stays_away",
    ),
    16: (f"{BAD}::test_a_reconnect_keeps_the_answer_and_gains_no_second_one",),
    17: (NAMES, ANNOUNCED_NAMES, f"{DOORS}::test_a_page_runs_its_own_scripts_and_no_others_and_makes_no_html_of_text"),
    18: ("attacks/hub/test_names.py::test_whatever_was_typed_a_name_is_one_short_line_that_everybody_can_read",),
    19: (
        "battle/test_approval.py::test_a_name_is_on_no_screen_before_the_host_has_approved_it",
        "js/staff/test_people.py::test_names_are_shown_after_one_press_and_one_of_them_is_hidden",
    ),
    23: (
        "services/test_desk.py::test_a_desk_may_not_write_in_the_name_of_another_venue",
        f"{FILES}::test_a_desk_brings_in_its_own_venue_s_marks_and_a_line_of_another_s_fails_whatever_it_asks_for",
        f"{FILES}::test_nobody_signs_a_file_at_a_desk_who_does_not_sit_there",
        "marks_in/test_at_desks.py::test_a_blind_desk_s_preview_and_template_tell_nothing_of_what_another_wrote",
        "battle/test_late_marks.py::test_an_edit_of_one_s_own_sheet_after_the_close_changes_nothing_until_it_is_let_in",
        "hub/test_scorekeepers.py::test_a_sheet_after_the_end_is_stored_as_late_and_the_host_sees_what_it_would_change_before_the_press",
        MATRIX,
    ),
    24: (
        "battle/test_desk_marks.py::test_a_total_is_no_more_no_less_and_nothing_between_what_its_round_can_give",
        "battle/test_desk_marks.py::test_a_total_may_end_in_half_an_answer",
        "battle/test_desk_marks.py::test_a_mark_is_worth_its_question_and_a_blank_is_worth_nothing",
    ),
    20: (
        "spreadsheets/test_writing.py::test_a_name_that_looks_like_a_formula_is_text_in_a_workbook",
        "spreadsheets/test_writing.py::test_no_program_takes_a_cell_of_csv_for_a_formula_whatever_it_parts_cells_by",
        "results/test_files.py::test_no_name_is_a_formula_in_any_file",
    ),
    21: (
        "spreadsheets/test_hostile_files.py::test_a_hostile_file_is_refused_in_one_word",
        "spreadsheets/test_hostile_files.py::test_the_process_that_reads_stays_small",
        "spreadsheets/test_hostile_files.py::test_a_file_that_takes_too_long_or_too_much_is_given_up",
    ),
    22: (
        "rounds/test_pictures.py::test_file_that_cannot_be_shown_is_named_at_its_line",
        "rounds/test_pictures.py::test_a_small_file_that_unpacks_into_a_huge_picture_is_refused",
        "rounds/test_pictures.py::test_big_picture_is_an_error_and_a_heavy_one_a_warning",
        "rounds/test_freeze.py::test_pictures_get_random_names_and_their_size",
        "rounds/test_broken_packs.py::test_no_edit_of_a_pack_makes_the_checker_fail",
    ),
    25: (
        "battle/test_sheets.py::test_a_cell_does_not_depend_on_order_or_repeats",
        "battle/test_late_marks.py::test_an_old_sheet_that_is_sent_again_after_a_correction_brings_nothing_back",
        "battle/test_desk_marks.py::test_a_name_means_one_operation_for_ever",
        "battle/test_verdicts.py::test_neither_order_nor_repeats_change_anything",
    ),
    26: (
        f"{SOCKETS}::test_a_giant_message_ends_the_connection_at_once",
        f"{FRAMES}::test_a_message_over_the_limit_is_refused_whole_or_in_fragments",
        f"{FRAMES}::test_what_a_client_does_not_mask_is_refused",
        "attacks/sockets/test_hostile_frames.py::test_hostile_frames_leave_no_traceback_close_nobody_else_and_take_no_memory",
    ),
    27: (f"{FRAMES}::test_reserved_bits_are_refused",),
    28: (
        "wire/test_codec.py::test_msgpack_bombs_and_lies_are_refused",
        "attacks/hub/test_fuzz.py::test_whatever_comes_is_a_message_or_refused_in_a_word_and_nothing_stays",
    ),
    29: (
        f"{SOCKETS}::test_who_takes_nothing_is_reset_and_nobody_waits_for_it",
        f"{SOCKETS}::test_who_lets_too_many_replies_wait_is_cut_off",
    ),
    30: (
        f"{IN}::test_a_socket_that_says_nothing_is_closed_and_may_come_back",
        f"{IN}::test_too_many_who_have_not_said_who_they_are_are_sent_away",
        "transports/test_upgrade.py::test_who_never_asks_anything_is_not_waited_for",
    ),
    31: (
        "hub/test_bounds.py::test_a_flood_is_refused_and_then_closed",
        f"{FLOODS}::test_the_phones_of_one_team_together_are_no_faster_than_a_team",
    ),
    32: (f"{DOORS}::test_only_the_last_address_that_a_proxy_of_this_machine_names_is_believed",),
    33: (f"{DOORS}::test_over_https_a_browser_is_told_to_stay_there",),
    34: (f"{DOORS}::test_nothing_but_the_socket_changes_a_battle", f"{DOORS}::test_a_page_of_somebody_else_can_post_nothing"),
    35: (
        "hub/test_backstage.py::test_a_console_that_is_signed_out_is_closed_at_once_and_cannot_come_back",
        "hub/test_backstage.py::test_all_others_are_signed_out_and_this_one_stays",
        f"{SIGNING_IN}::test_a_password_makes_a_host_of_a_guest_who_is_known_again_and_listed_by_name",
    ),
    36: (
        "rounds/test_pictures.py::test_drawing_that_does_more_than_draw_is_refused",
        "pages/test_pictures.py::test_a_picture_is_drawn_and_never_run",
    ),
    37: ("attacks/hub/test_logs.py::test_what_comes_from_outside_is_one_line_without_control_characters", LOGS),
    38: (
        "stores/test_store_gone.py::test_all_keys_of_a_battle_share_its_tag",
        "wire/test_from_client.py::test_any_map_is_a_message_or_wire_error",
    ),
    39: (
        "attacks/hub/test_redis_is_ours.py::test_the_bundled_redis_listens_on_no_port_and_its_socket_is_its_owners",
        "attacks/hub/test_redis_is_ours.py::test_whoever_reaches_it_must_be_this_machine_or_know_a_password",
    ),
}
