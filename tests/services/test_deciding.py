"""What several commands together make of a state."""

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.ids import QuestionId, SeatId, TeamId
from quizserver.battle.refusals import Refused
from quizserver.services.deciding import decide_together, merged, with_stamp
from tests.services.evening import BEGIN_MS, CHOICE, FIRST, Evening, creation, join


def lobby() -> Evening:
    evening = Evening()
    evening.ask(creation())
    return evening


def test_each_command_is_decided_on_what_the_ones_before_it_leave_behind() -> None:
    state = lobby().state
    outcomes, happened = decide_together(state, [ask.StartRound(), ask.ShowQuestion(), ask.StartRound()], BEGIN_MS)
    assert [type(event) for event, _ in happened] == [did.RoundStarted, did.QuestionShown, did.AnswersOpened]
    assert outcomes[0] == (did.RoundStarted(round=FIRST),)
    assert isinstance(outcomes[2], Refused)


def test_a_refused_command_leaves_the_others_alone() -> None:
    outcomes, happened = decide_together(lobby().state, [ask.Finish(), join(1)], BEGIN_MS)
    assert isinstance(outcomes[0], Refused) and isinstance(outcomes[1], tuple)
    assert len(happened) == 1


def test_all_of_it_happens_at_one_moment_and_never_before_the_last_entry() -> None:
    _, happened = decide_together(lobby().state, [join(1), ask.LockLobby(locked=True)], BEGIN_MS - 1_000)
    assert {at_ms for _, at_ms in happened} == {BEGIN_MS}
    _, later = decide_together(lobby().state, [join(1)], BEGIN_MS + 7)
    assert later[0][1] == BEGIN_MS + 7


def test_neighbouring_joins_go_into_one_entry() -> None:
    _, happened = decide_together(lobby().state, [join(1), join(2), ask.LockLobby(locked=False), join(3)], BEGIN_MS)
    [(event, _)] = happened
    assert isinstance(event, did.TeamsJoined)
    assert [each.team for each in event.joins] == ["t1", "t2", "t3"]


def test_what_happens_between_two_joins_stays_between_them() -> None:
    commands = [join(1), ask.AdmitStaff(role="screen", token_hash="aa"), join(2)]
    _, happened = decide_together(lobby().state, commands, BEGIN_MS)
    assert [type(event) for event, _ in happened] == [did.TeamsJoined, did.StaffAdmitted, did.TeamsJoined]


def seats(*numbers: int, by: str = "") -> did.SeatsTaken:
    return did.SeatsTaken(by=by, seats=tuple(did.Seat(TeamId("t1"), SeatId(f"s{number}"), f"{number}") for number in numbers))


def test_neighbouring_seats_go_into_one_entry_and_nothing_is_merged_across_origins() -> None:
    assert merged([seats(1), seats(2), seats(3, by="a"), seats(4, by="a")]) == [seats(1, 2), seats(3, 4, by="a")]


def test_neighbouring_tokens_go_into_one_entry() -> None:
    """Ten thousand phones that come back are twenty entries, not ten thousand."""
    offers = did.Offer("a", "b"), did.Offer("c", "d")
    apart = [did.TokensOffered(offers=(each,)) for each in offers], [did.TokensUsed(token_hashes=(each,)) for each in "bd"]
    assert merged(apart[0]) == [did.TokensOffered(offers=offers)]
    assert merged(apart[1]) == [did.TokensUsed(token_hashes=("b", "d"))]


def test_only_what_closes_answers_is_told_the_greatest_stamp() -> None:
    closing = with_stamp(ask.CloseAnswers(), 5), with_stamp(ask.TimeUp(clock=1), 5)
    assert closing == (ask.CloseAnswers(greatest_stamp_ms=5), ask.TimeUp(clock=1, greatest_stamp_ms=5))
    seal = ask.SealBox(question=QuestionId(CHOICE), opening=1, rows=())
    assert with_stamp(seal, 5) is seal
