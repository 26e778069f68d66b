"""The venues of an evening: who sits at which desk there. Their networks are perfect; see trouble/venues.py for others."""

from asyncio import TaskGroup

from quizserver.rehearsal.console import Console
from quizserver.rehearsal.evening import Evening
from quizserver.rehearsal.playing import Playing
from quizserver.rehearsal.scorekeepers import Scorekeeper, Typed, desks_of


class Venues:
    """`people`: (venue, person) of everybody who types."""

    def __init__(self, evening: Evening, playing: Playing) -> None:
        self.evening, self.playing = evening, playing
        self.people = desks_of(evening.paper)

    async def open(self, group: TaskGroup, console: Console, keys: list[str], typed: Typed) -> None:
        """Everybody sits down and plays, until the last sheet is typed. `keys`: of desks, by venue."""
        for venue, person in self.people:
            desk = await self.playing.lines.desk(console.venues[venue], keys[venue])
            keeper = Scorekeeper(person, venue, self.evening.paper, self.playing)
            playing = keeper.play(desk, self.evening.collecting_at(venue), self.evening.rounds, typed)
            group.create_task(playing, name=f"desk {venue + 1}-{person + 1}")

    def cut_off(self) -> set[str]:
        """Venues, as the server names them, for whose desks nobody should wait now."""
        return set()

    async def all_is_in(self, console: Console) -> None:
        """After the end of the battle: whatever is still on its way has come, and the host has judged it."""

    async def close(self) -> None:
        """Nobody sits there any more."""
