"""A pack is replaced, or thrown away, while it is played: the battle keeps what it began with, its pictures too."""

import shutil
from pathlib import Path

from quizserver.battle.refusals import Refused
from quizserver.battle.settings import BattleSettings
from quizserver.shelf import Shelf
from rounds.library import HOME
from tests.services.processes import Store, running_on


async def test_a_battle_plays_the_pack_that_it_began_with_whatever_becomes_of_the_folder(tmp_path: Path) -> None:
    folder = shutil.copytree(HOME / "tupolev", tmp_path / "pack")
    shelf, store = Shelf(tmp_path / "data", str(folder)), Store()
    async with running_on(store) as running:
        made = await shelf.make(running, str(folder), BattleSettings(language="en"))
        assert not isinstance(made, Refused)
        pack, battle = made.known.pack, made.id
        shutil.rmtree(folder)
    async with running_on(store) as elsewhere:
        live = elsewhere.battles[battle]
        assert live.known.pack == pack and pack.digest
        shown = [question for playing in pack.rounds for question in playing.questions] + list(pack.solutions.values())
        pictures = [each.media.file for each in shown if each.media]
        assert pictures and all((shelf.media / name).is_file() for name in pictures)
