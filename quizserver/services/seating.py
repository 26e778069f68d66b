"""Joining: names, teams, devices and the tokens by which they are known again."""

import secrets
from base64 import b32encode
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from quizserver.battle.commands import AdmitStaff, JoinTeam, OfferToken, TakeSeat, UseToken
from quizserver.battle.decide.seats import is_old
from quizserver.battle.events import Name
from quizserver.battle.ids import BattleId, SeatId, TeamId, VenueId
from quizserver.battle.refusals import Refused, wrong
from quizserver.battle.settings import Source
from quizserver.services.battles import LiveBattle
from quizserver.services.codes import CODE_LENGTH as CODE_LENGTH
from quizserver.services.codes import CODE_LETTERS as CODE_LETTERS
from quizserver.services.codes import Codes
from quizserver.services.ports import Secrets


def new_token() -> str:
    """128+ random bits: what a device keeps to be known again."""
    return secrets.token_urlsafe(24)


def token_hash(token: str) -> str:
    """What the ledger keeps of a token."""
    return sha256(token.encode()).hexdigest()


def new_id() -> str:
    """80 random bits in 16 letters of base 32: ids are made here and nowhere else."""
    return b32encode(secrets.token_bytes(10)).decode().lower()


def new_name(text: str) -> Name:
    """A display name with a fresh salt; the battle cleans it."""
    return Name(text, secrets.token_hex(16))


@dataclass(frozen=True, slots=True)
class Seated:
    """A device has its seat: the token only it will ever know, and the team's code for further devices."""

    team: TeamId
    seat: SeatId
    token: str
    code: str


class Seating:
    """Seats teams and staff of every battle."""

    def __init__(self, battle_secrets: Secrets) -> None:
        self._secrets = battle_secrets
        self._codes: dict[BattleId, Codes] = {}

    async def join(self, live: LiveBattle, name: str, by: str = "", once: str = "") -> Seated | Refused:
        """A new online team with its first device. `once`: what the device calls its wish; the same wish has the same seat."""
        join = partial(JoinTeam, by=by, team=TeamId(new_id()), name=new_name(name), plays=Source.ONLINE)
        return await self._seat(live, join, once)

    async def add_device(self, live: LiveBattle, code: str, by: str = "", once: str = "") -> Seated | Refused:
        """A further device, by the team's code; `once` as above."""
        team = (await self._codes_of(live)).team(live.known, code)
        return wrong("unknown_code") if team is None else await self._seat(live, partial(TakeSeat, by=by, team=team), once)

    async def _seat(self, live: LiveBattle, wish: Callable[..., JoinTeam | TakeSeat], once: str) -> Seated | Refused:
        """A token made of the wish is found again where the reply was lost; nobody makes it without the battle's secret."""
        token = (await self._codes_of(live)).token(once) if once else new_token()
        if seated := await self._seated(live, token):
            return seated
        done = await live.ask(wish(seat=SeatId(new_id()), token_hash=token_hash(token)))
        seated = await self._seated(live, token)  # also where another process was quicker with the same wish
        if seated is None:
            assert isinstance(done, Refused)
            return done
        return seated

    async def _seated(self, live: LiveBattle, token: str) -> Seated | None:
        seat = live.known.seats.get(token_hash(token))
        return seat and Seated(seat.team, seat.seat, token, await self.code(live, seat.team))

    def is_old(self, live: LiveBattle, token: str, now_ms: int) -> bool:
        """True if a device that comes with this token should be given another."""
        return is_old(live.known, token_hash(token), now_ms)

    async def renew(self, live: LiveBattle, token: str) -> str | None:
        """A successor of a seat's token, which stays good until the successor is first used; None while there need not be one."""
        successor = new_token()
        await live.ask(OfferToken(before=token_hash(token), token_hash=token_hash(successor)))
        return successor if token_hash(successor) in live.known.successors else None

    def is_new(self, live: LiveBattle, token: str) -> bool:
        """True for a successor that was never used."""
        return token_hash(token) in live.known.successors

    async def use(self, live: LiveBattle, token: str) -> None:
        """The first use of a successor: the token before it opens nothing any more, unless the store is gone."""
        await live.ask(UseToken(token_hash=token_hash(token)))

    async def add_paper_team(
        self, live: LiveBattle, name: str, venue: VenueId, by: str = "", spare: int = 0, people: int = 0
    ) -> TeamId | Refused:
        """A team that plays on paper; it has no device. `spare`: the number of the spare sheets it came with, 0 if none."""
        team = TeamId(new_id())
        join = JoinTeam(by=by, team=team, name=new_name(name), plays=Source.PAPER, venue=venue, spare=spare, people=people)
        done = await live.ask(join)
        return done if isinstance(done, Refused) else team

    async def admit_staff(self, live: LiveBattle, role: str, venue: VenueId | None, by: str = "") -> str | Refused:
        """A key for a desk or a screen; the token is shown once."""
        token = new_token()
        done = await live.ask(AdmitStaff(by=by, role=role, token_hash=token_hash(token), venue=venue))
        return done if isinstance(done, Refused) else token

    async def code(self, live: LiveBattle, team: TeamId) -> str:
        """The code of a team of this battle."""
        return (await self._codes_of(live)).of(live.known, team)

    async def _codes_of(self, live: LiveBattle) -> Codes:
        if live.id not in self._codes:
            self._codes[live.id] = Codes(await self._secrets.of_battle(live.id))
        return self._codes[live.id]
