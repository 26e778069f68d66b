"""A host's press as what the services are asked. Ids, salts and keys of new things are made by them, never by a page."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from quizserver.battle import commands as ask
from quizserver.battle.decide.reveals import scope_is_closed
from quizserver.battle.ids import QuestionId, TeamId, VenueId
from quizserver.battle.refusals import Refused, wrong
from quizserver.battle.settings import Source
from quizserver.battle.sheet_numbers import read
from quizserver.battle.views.evening import evening_name, evening_scopes
from quizserver.hub.arriving import settle
from quizserver.hub.connection import Identity
from quizserver.hub.consoles import name_of
from quizserver.hub.house import House
from quizserver.hub.missed import tell_missed
from quizserver.services.battles import LiveBattle
from quizserver.services.phone_codes import in_groups
from quizserver.services.seating import new_id, new_name, token_hash
from quizserver.wire.allowed import Role
from quizserver.wire.presses import Asked
from quizserver.wire.to_client import Paired

Outcome = Mapping[str, Any] | Refused | None
"""What the host is told: a result, why not, or just that it is done."""

Args = Mapping[str, Any]
Special = Callable[[House, LiveBattle, Args, str], Awaitable[Outcome]]


NO_BATTLE = wrong("no_battle")


async def pressed(house: House, live: LiveBattle | None, press: Asked, by: str) -> Outcome:
    """Does it, durably. Raises StoreGone."""
    if press.name in _BACKSTAGE:
        return await _BACKSTAGE[press.name](house, press.args, by)
    if live is None:
        return NO_BATTLE
    special = _SPECIAL.get(press.name)
    if special is not None:
        return await special(house, live, press.args, by)
    assert press.command is not None
    step = {"seen_step": press.step} if issubclass(press.command, ask.Press) else {}
    return await _asked(live, press.command(by=by, **_PLAIN.get(press.command, dict)(press.args), **step))


async def _asked(live: LiveBattle, command: ask.Command, result: Mapping[str, Any] | None = None) -> Outcome:
    became = await live.ask(command)
    return became if isinstance(became, Refused) else result


_PLAIN: Mapping[type[ask.Command], Callable[[Args], dict[str, Any]]] = {
    ask.RenameTeam: lambda args: {**args, "name": new_name(args["name"])},
    ask.ApproveTeams: lambda args: {"teams": tuple(map(TeamId, args["teams"]))},
    ask.ChangeSource: lambda args: {**args, "source": Source(args["source"])},
    ask.JudgeLate: lambda args: {**args, "verdict": new_id(), "operations": tuple(args["operations"]), "over": tuple(args["over"])},
}
"""Arguments that the battle wants in other words than a page has them."""


async def _add_venue(house: House, live: LiveBattle, args: Args, by: str) -> Outcome:
    venue = VenueId(new_id())
    return await _asked(live, ask.AddVenue(by=by, venue=venue, name=args["name"]), {"venue": venue})


async def _add_paper_team(house: House, live: LiveBattle, args: Args, by: str) -> Outcome:
    spare = read(args["spare"], live.known.pin) if args["spare"] else None
    if isinstance(spare, Refused):
        return spare
    number = spare.team if spare else 0
    venue, people = VenueId(args["venue"]), args["people"]
    team = await house.running.seating.add_paper_team(live, args["name"], venue, by, number, people)
    return team if isinstance(team, Refused) else {"team": team}


async def _assign_spare(house: House, live: LiveBattle, args: Args, by: str) -> Outcome:
    number = read(args["spare"], live.known.pin)
    if isinstance(number, Refused):
        return number
    return await _asked(live, ask.AssignSpare(by=by, team=TeamId(args["team"]), spare=number.team))


async def _admit_staff(house: House, live: LiveBattle, args: Args, by: str) -> Outcome:
    token = await house.running.seating.admit_staff(live, args["role"], args["venue"], by)
    return token if isinstance(token, Refused) else {"token": token}


async def _revoke_staff(house: House, live: LiveBattle, args: Args, by: str) -> Outcome:
    key = next((key for key in live.known.staff if name_of(key) == args["key"]), "")
    return await _asked(live, ask.RevokeStaff(by=by, token_hash=key))


async def _admit_missed(house: House, live: LiveBattle, args: Args, by: str) -> Outcome:
    question, opening = QuestionId(args["question"]), args["opening"]
    if (question, opening) not in live.known.boxes:
        return wrong("unknown_question")
    rows = await house.running.stores.boxes.missed(live.id, question, opening)
    row = next((row for row in rows if row.id == args["answer"]), None)
    if row is None:
        return wrong("unknown_answer")
    outcome = await _asked(live, ask.AdmitMissed(by=by, question=question, opening=opening, row=row))
    await tell_missed(house, live, question, opening)
    return outcome


async def _pair_screen(house: House, live: LiveBattle, args: Args, by: str) -> Outcome:
    """The screen that shows this code becomes one of this battle, on the connection it has."""
    screen = house.pairings.by_code(args["code"])
    if screen is None:
        return wrong("unknown_code")
    house.pairings.forget(screen)  # good once, also for two hosts in one moment
    token = await house.running.seating.admit_staff(live, "screen", args["venue"], by)
    if isinstance(token, Refused):
        return token
    screen.say(Paired(battle=live.id, token=token))
    settle(house, screen, Identity(Role.SCREEN, live, venue=args["venue"], key=token_hash(token)))
    return None


async def _name_representative(house: House, live: LiveBattle, args: Args, by: str) -> Outcome:
    return await house.backstage.announcing.represent(live, VenueId(args["venue"]), args["name"])


async def _approve_announced(house: House, live: LiveBattle, args: Args, by: str) -> Outcome:
    return await house.backstage.announcing.approve(live, args["announced"], by)


async def _refuse_announced(house: House, live: LiveBattle, args: Args, by: str) -> Outcome:
    return await house.backstage.announcing.refuse(live, args["announced"])


async def _move_announced(house: House, live: LiveBattle, args: Args, by: str) -> Outcome:
    return await house.backstage.announcing.move(live, args["announced"], args["venue"] and VenueId(args["venue"]), by)


async def _merge_announced(house: House, live: LiveBattle, args: Args, by: str) -> Outcome:
    return await house.backstage.announcing.merge(live, args["announced"], args["into"], by)


async def _show_team_code(house: House, live: LiveBattle, args: Args, by: str) -> Outcome:
    team = TeamId(args["team"])
    return {"code": await house.running.seating.code(live, team)} if team in live.known.teams else wrong("unknown_team")


async def _show_phone_codes(house: House, live: LiveBattle, args: Args, by: str) -> Outcome:
    """Of each round of this venue in which nobody can write any more, the latest first."""
    state, venue = live.known, VenueId(args["venue"])
    if venue not in state.venues:
        return wrong("unknown_venue")
    closed = [scope for scope in reversed(evening_scopes(state, venue)) if scope_is_closed(state, scope)]
    codes = [in_groups(await house.running.sealed_keys.code(live.id, venue, scope)) for scope in closed]
    return {"codes": [{**evening_name(state, scope), "code": code} for scope, code in zip(closed, codes, strict=True)]}


async def _create_battle(house: House, args: Args, by: str) -> Outcome:
    made = await house.backstage.make(args, by)
    return made if isinstance(made, Refused) else {"battle": made.id}


async def _offer_address(house: House, args: Args, by: str) -> Outcome:
    return None if house.backstage.offer(args["origin"]) else wrong("unknown_address")


async def _sign_out(house: House, args: Args, by: str) -> Outcome:
    return None if await house.consoles.sign_out(args["console"]) else wrong("unknown_console")


async def _sign_out_others(house: House, args: Args, by: str) -> Outcome:
    return None if await house.consoles.sign_out_others(args["console"]) else wrong("unknown_console")


_BACKSTAGE: Mapping[str, Callable[[House, Args, str], Awaitable[Outcome]]] = {
    "CreateBattle": _create_battle,
    "OfferAddress": _offer_address,
    "SignOut": _sign_out,
    "SignOutOthers": _sign_out_others,
}
"""Presses that need no battle."""

_SPECIAL: Mapping[str, Special] = {
    ask.AddVenue.__name__: _add_venue,
    ask.JoinTeam.__name__: _add_paper_team,
    ask.AssignSpare.__name__: _assign_spare,
    ask.AdmitStaff.__name__: _admit_staff,
    ask.RevokeStaff.__name__: _revoke_staff,
    ask.AdmitMissed.__name__: _admit_missed,
    "PairScreen": _pair_screen,
    "ShowTeamCode": _show_team_code,
    "ShowPhoneCodes": _show_phone_codes,
    "NameRepresentative": _name_representative,
    "ApproveAnnounced": _approve_announced,
    "RefuseAnnounced": _refuse_announced,
    "MoveAnnounced": _move_announced,
    "MergeAnnounced": _merge_announced,
}
"""Presses that make or look up something first."""
