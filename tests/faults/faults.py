"""The faults, and the tests that hold each, by their files under tests/.

A row that speaks of leases or queues is read by its purpose: what dies, loses nothing that was acknowledged; what comes back, knows
what happened meanwhile; what is slow, keeps nobody waiting.
"""

from collections.abc import Mapping

GAMES = "faults/test_games.py::test_games_with_faults_are_clean"
SOUND = "faults/test_defects.py::test_a_sound_server_is_clean_in_every_game"
ALONE = "e2e/test_desk_alone.py"
KILLED = "faults/test_killed_servers.py"
AROUND = "faults/test_bad_surroundings.py"
TORN = "faults/test_torn_tail.py"
TIMED = "faults/test_timed_recoveries.py"
NARROW = "faults/test_narrow_machines.py"
DEAD = "faults/test_dead_and_slow.py::test_the_dead_and_the_stalled_are_found_in_time_the_slow_stay_and_nobody_waits"
HUNG = "faults/test_hung_redis.py"
LOST = "faults/test_lost_data.py::test_people_play_on_and_have_what_they_had"
ALIVE = "services/test_presence.py"
LIVE = "services/test_battles.py"
ENDS = "services/test_deadlines.py"
BOX = "services/contracts/test_box_offers.py"
LIVES = "services/contracts/test_box_lives.py"
FULL = "stores/test_store_gone.py"
RESUME = "hub/test_resume.py"
IN_TIME = "transports/test_in_time.py::test_every_verdict_is_what_the_stamp_of_the_reading_says"
HOSTILE = "attacks/sockets/test_hostile_frames.py::test_hostile_frames_leave_no_traceback_close_nobody_else_and_take_no_memory"
STORM = f"{TIMED}::test_a_thousand_teams_are_back_with_their_answers_soon_after_their_server_was_killed"
POWER = "faults/rig/test_own_redis.py"
LATE = "battle/test_late_marks.py"

FAULTS: Mapping[int, tuple[str, ...]] = {
    1: (
        f"{KILLED}::test_no_acknowledged_answer_is_lost_when_the_server_is_killed_twenty_times_under_load",
        f"{ALIVE}::test_an_outage_while_a_clock_runs_gives_its_time_back",
        "js/player/test_modules.py::test_a_thousand_phones_do_not_come_back_at_once",
        STORM,
        GAMES,
    ),
    2: (
        f"{KILLED}::test_ctrl_c_under_load_stops_cleanly_and_loses_nothing",
        "hub/test_arriving.py::test_many_who_are_sent_away_are_told_to_come_back_no_faster_than_they_can_be_let_in",
        "services/test_running.py::test_closing_waits_for_what_was_received_but_not_for_a_store_that_is_gone",
        "pages/test_command_line.py::test_a_stop_does_not_wait_for_a_client_that_stays",
    ),
    3: (
        GAMES,
        f"{LIVE}::test_a_lost_race_catches_up_and_decides_again",
        f"{ALIVE}::test_what_was_closed_while_we_stood_still_is_known_before_time_is_given_back",
        f"{LIVES}::test_what_comes_in_time_after_the_seal_is_listed_as_missed_once",
    ),
    4: (
        f"{AROUND}::test_a_killed_redis_of_our_own_is_there_again_in_the_same_question",
        f"{FULL}::test_answers_survive_a_kill_of_redis",
        f"{TIMED}::test_answers_are_acknowledged_soon_after_redis_is_back",
    ),
    5: (f"{POWER}::test_power_loss_takes_what_was_not_synced_and_nothing_else", GAMES, LOST),
    6: (
        f"{TORN}::test_a_start_on_a_torn_tail_begins_another_epoch_with_all_that_the_archive_has",
        f"{TORN}::test_a_running_server_misses_answers_that_redis_came_back_without",
    ),
    7: (f"{TORN}::test_a_flipped_bit_is_found_at_the_start_and_the_archive_brings_the_battle_back",),
    8: (
        f"{HUNG}::test_a_hung_redis_is_noticed_and_answers_are_acknowledged_soon_after_its_return",
        "js/player/test_refusals.py::test_while_the_store_is_gone_an_answer_is_on_its_way_and_never_saved",
        f"{ENDS}::test_while_the_store_is_gone_time_waits_and_is_called_out_afterwards",
        f"{ALIVE}::test_an_outage_while_a_clock_runs_gives_its_time_back",
    ),
    9: (
        f"{AROUND}::test_while_redis_is_gone_nothing_is_acknowledged_and_afterwards_all_is",
        f"{TIMED}::test_answers_are_acknowledged_soon_after_redis_is_back",
    ),
    10: (
        f"{FULL}::test_a_full_redis_refuses_each_write_whole",
        f"{FULL}::test_a_full_redis_still_reads_and_still_knows_what_it_recorded",
        f"{POWER}::test_without_memory_writes_are_refused_and_afterwards_taken",
    ),
    11: (
        f"{AROUND}::test_an_answer_waits_for_room_on_the_disk_and_is_not_lost",
        f"{POWER}::test_on_a_full_disk_nothing_is_acknowledged_and_with_room_it_starts_again",
    ),
    12: (
        f"{AROUND}::test_an_archive_that_cannot_be_written_is_told_and_play_goes_on",
        "stores/test_archive.py::test_a_locked_database_is_gone_for_a_while_and_then_goes_on",
        "services/test_archiving.py::test_trouble_grows_the_lag_is_one_line_and_holds_up_nobody",
    ),
    13: (
        f"{FULL}::test_a_full_redis_refuses_each_write_whole",
        f"{TORN}::test_a_start_on_a_torn_tail_begins_another_epoch_with_all_that_the_archive_has",
        f"{HUNG}::test_a_redis_that_stands_still_for_a_second_is_no_outage",
        f"{LIVE}::test_an_append_whose_answer_was_lost_takes_effect_once",
    ),
    14: (
        DEAD,
        "transports/test_sockets.py::test_who_reads_slowly_but_reads_is_kept_and_ends_at_the_latest",
        "hub/test_parts.py::test_a_snapshot_takes_the_place_of_the_patches_before_it",
    ),
    15: (STORM, "hub/test_arriving.py::test_a_hall_that_comes_back_at_once_is_let_in_a_few_milliseconds_at_a_time"),
    16: (
        "hub/test_lost_host.py::test_a_question_closes_without_its_host_waits_and_is_gone_on_with_from_another_device",
        "js/staff/test_console_words.py::test_a_console_comes_back_after_a_restart_that_made_its_key_worthless",
    ),
    17: (
        f"{LIVE}::test_of_two_equal_presses_in_one_moment_exactly_one_takes_effect",
        f"{LIVE}::test_of_many_presses_by_many_consoles_the_evening_moves_one_step_a_time",
        "battle/test_presses.py::test_an_evening_pressed_twice_at_every_step_is_the_same_evening",
        "js/staff/test_console_keys.py::test_of_two_consoles_one_takes_effect_and_the_other_is_told_calmly",
        SOUND,
    ),
    18: (
        "faults/test_set_clock.py::test_a_clock_that_is_set_by_an_hour_moves_no_deadline_and_makes_nothing_late",
        "faults/test_set_clock.py::test_a_start_behind_the_last_entry_goes_on_from_there",
        f"{ALIVE}::test_a_clock_of_the_store_that_is_set_moves_no_battle",
        "services/contracts/test_presence.py::test_of_two_who_put_it_right_one_does",
    ),
    19: (
        "services/test_clock.py::test_a_monotonic_clock_that_begins_anew_changes_no_time",
        "services/test_restoring.py::test_time_without_a_server_is_given_back",
    ),
    20: (
        f"{BOX}::test_a_repeat_gets_the_first_result_whatever_its_stamp",
        f"{BOX}::test_the_same_answer_twice_in_one_batch_is_one_revision",
        "services/test_answering.py::test_an_answer_that_comes_again_is_told_the_same_again",
        f"{KILLED}::test_no_acknowledged_answer_is_lost_when_the_server_is_killed_twenty_times_under_load",
        SOUND,
    ),
    21: (
        IN_TIME,
        f"{BOX}::test_in_time_is_from_the_opening_to_the_cut_off_both_included",
        "hub/test_answers.py::test_an_answer_counts_by_the_stamp_of_its_reading_and_a_late_one_is_told_by_how_much",
    ),
    22: (
        "faults/test_slow_disk.py::test_229_teams_on_a_slow_disk_lose_nothing_and_wait_less_than_a_second",
        f"{ENDS}::test_a_box_waits_for_what_another_process_still_holds",
        f"{ENDS}::test_a_process_that_hangs_on_an_answer_delays_the_seal_two_seconds_at_most",
        f"{LIVES}::test_of_closing_and_answering_at_once_the_answer_counts_or_the_closing_moves",
    ),
    23: (
        "hub/test_staff.py::test_marks_sent_twice_change_nothing_and_are_told_so_alike",
        "battle/test_desk_marks.py::test_the_same_marks_again_are_no_news",
    ),
    24: (
        "battle/test_sheets.py::test_two_people_who_disagree_dispute_whoever_came_last",
        "battle/test_desk_marks.py::test_two_people_who_disagree_leave_the_team_pending_until_somebody_settles_it",
        "battle/test_sheets.py::test_merging_is_commutative_associative_and_idempotent",
        "js/staff/test_desk.py::test_two_peoples_marks_are_a_dispute_that_a_settlement_ends_over_exactly_what_was_seen",
    ),
    25: (
        f"{LATE}::test_after_the_battle_s_end_everything_is_late",
        f"{LATE}::test_what_is_let_in_counts_and_what_is_turned_away_does_not",
        "battle/test_collecting.py::test_a_venue_that_confirms_after_the_reveal_gets_the_key_and_its_marks_wait",
        "battle/test_collecting.py::test_marks_are_accepted_only_after_the_reveal_and_once",
    ),
    26: (
        f"{ALONE}::test_a_venues_evening_without_a_server_for_half_of_it_arrives_whole_once_and_in_order",
        f"{ALONE}::test_two_desks_that_went_on_alone_end_in_the_same_standing_and_dispute_whoever_is_back_first",
        f"{ALONE}::test_marks_that_were_carried_to_the_host_are_entered_once_however_often_they_come",
        "js/staff/test_desk_without_a_server.py::test_over_plain_http_a_desk_keeps_what_is_entered_and_says_what_it_cannot_do",
    ),
    27: (
        "hub/test_bounds.py::test_what_is_no_message_is_told_so_three_times",
        "hub/test_bounds.py::test_any_bytes_from_anybody_never_raise",
        "wire/test_codec.py::test_msgpack_bombs_and_lies_are_refused",
        HOSTILE,
    ),
    28: ("transports/test_sockets.py::test_a_giant_message_ends_the_connection_at_once", HOSTILE),
    29: (DEAD, "hub/test_screens.py::test_a_screen_that_went_silent_is_told_with_its_place_and_since_when_until_it_is_back"),
    30: ("js/player/test_sleeping.py::test_a_tab_that_slept_asks_at_once_and_counts_on_from_where_the_clock_is",),
    31: (IN_TIME,),
    32: (
        GAMES,
        f"{AROUND}::test_while_redis_is_gone_nothing_is_acknowledged_and_afterwards_all_is",
        f"{ALIVE}::test_if_only_one_of_several_was_away_nothing_is_extended_by_itself",
    ),
    33: (
        f"{RESUME}::test_who_missed_too_much_is_sent_a_snapshot",
        "stores/test_feed_restarts.py::test_answers_that_were_thrown_away_leave_a_visible_gap",
    ),
    34: (
        f"{RESUME}::test_who_has_another_past_is_sent_a_snapshot",
        f"{RESUME}::test_another_battles_mine_is_not_believed",
        f"{RESUME}::test_a_ledger_of_another_epoch_is_shown_whole_to_everybody",
    ),
    35: (
        IN_TIME,
        f"{ALIVE}::test_a_process_that_gets_no_core_is_told_like_a_slow_disk",
        "js/staff/test_console_news.py::test_a_slow_disk_is_a_calm_line_that_says_how_slow",
    ),
    36: (f"{NARROW}::test_without_files_new_sockets_are_turned_away_old_ones_live_and_nothing_spins",),
    37: (
        f"{NARROW}::test_a_hundred_pages_that_ask_and_never_read_cost_little_memory_and_not_the_host",
        "hub/test_parts.py::test_an_outbox_is_bounded_in_every_lane",
        "transports/test_sockets.py::test_who_lets_too_many_replies_wait_is_cut_off",
    ),
    38: ("pages/test_replaced_pack.py::test_a_battle_plays_the_pack_that_it_began_with_whatever_becomes_of_the_folder",),
}
