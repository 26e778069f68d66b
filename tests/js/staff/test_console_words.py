"""The primary button says what it will do, in every place a battle can be in; what people wrote is text and nothing else."""

import json
from pathlib import Path

import pytest

from quizserver.battle.champion import champion_is_certain
from quizserver.battle.phases import Phase
from quizserver.battle.primary import primary
from quizserver.battle.state import BattleState
from tests.js.staff.conftest import Bench, Open
from tests.support.staff_hub import KEY, SESSION
from tests.support.staff_states import SCENES, Evening

pytestmark = pytest.mark.asyncio(loop_scope="session")

WORDS = json.loads(Path(__file__).parents[3].joinpath("host_console/static/texts/ru.json").read_text(encoding="utf-8"))
FINAL = {"Finish"}


def says(state: BattleState) -> str:
    """The words that this state's next step must have, told from the state itself."""
    step = primary(state)
    asked = (state.question or 0) + 1
    match step.command:
        case "StartRound":
            coming = state.pack.rounds[state.round + 1]
            return f"Начать раунд {state.round + 2}: {coming.title['ru']}"
        case "ShowQuestion":
            return f"Показать вопрос {1 if state.question is None else asked + 1}"
        case "Reveal":
            after = state.phase is Phase.REVEALED
            each = state.phase is Phase.SEALED
            return f"Показать ответ {asked if each else asked + 1 if after else 1}"
        case "EndRound":
            return f"Закончить раунд {state.round + 1}"
        case "ShowPlay":
            return str(WORDS[f"primary.ShowPlay.{state.stage.value}"])
        case "CloseAnswers":
            return str(WORDS["primary.CloseRound" if state.phase is Phase.LAST_CALL else "primary.CloseAnswers"])
        case "":
            entry = WORDS[f"waits.{step.waits}"]
            return str(entry if isinstance(entry, str) else entry["few"]).replace("{n}", str(len(state.venues)))
    is_open = step.command == "ShowPodium" and not champion_is_certain(state)
    return str(WORDS[f"primary.{step.command}{'.open' if is_open else ''}"])


async def shown(host: Bench) -> str:
    return str(await host.page.locator(".action-main span").evaluate("(span) => span.firstChild.textContent"))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


async def test_the_button_says_what_space_does_in_every_scene(console: Open) -> None:
    host = await console(SCENES["lobby"]())
    commands, waits, phases = set(), set(), set()
    for name, make in SCENES.items():
        if name == "empty":  # a lobby like any other
            continue
        evening: Evening = make()
        host.hub.play(evening)
        step, before = primary(evening.state), evening.state.phase
        await host.sees(".action-main", says(evening.state))
        await host.settle()
        assert plain(await shown(host)) == plain(says(evening.state)), name
        host.hub.said.clear()
        await host.press("Space")
        expected = [step.command] if step.command and step.command not in FINAL else []
        assert await host.asks(len(expected)) == expected, name
        commands.add(step.command)
        waits.add(step.waits)
        phases.add(before)
    known = await host.page.evaluate("import('/staff/console/primary_words.js').then((words) => words.KNOWN)")
    assert commands - {""} == set(known) - {"OpenAnswers"}  # opened by hand: the test below
    assert waits == {"", "sealing", "collecting", "finished"}
    assert set(Phase) - phases == {Phase.SHOWN}


async def test_a_question_that_is_opened_by_hand_says_so(console: Open) -> None:
    host = await console(SCENES["question"]())
    view = {"phase": "shown", "primary": {"command": "OpenAnswers", "waits": ""}}
    host.hub.tell({"t": "room", "epoch": 1, "from": host.hub.version, "to": host.hub.version + 1, "patch": view})
    await host.sees(".action-main", "Открыть ответы")


async def test_html_in_names_and_answers_is_shown_as_text(console: Open) -> None:
    host = await console(SCENES["lobby"]())
    await host.press("h")
    await host.sees(".line", "<b>Жирные</b>")
    await host.press("Escape")
    host.hub.play(SCENES["judging"]())
    await host.sees(".queue", "<script>alert(1)</script>")
    assert await host.page.locator(".console-now script, .attention script, .line b b").count() == 0


async def test_without_a_key_the_page_says_where_one_is(opened: Open) -> None:
    host = await opened("/console?lang=ru", SCENES["lobby"]())
    await host.sees(".sign-in", "quizserver key")
    await host.page.fill(".sign-in input", "a-wrong-key-that-nobody-knows")
    await host.press("Enter")
    await host.sees(".sign-in .error", "не подходит")
    await host.page.fill(".sign-in input", f"http://192.168.1.20:8000/console#{KEY}")
    await host.press("Enter")
    await host.sees(".action-main")


async def test_the_key_leaves_the_address_bar(console: Open) -> None:
    host = await console(SCENES["lobby"]())
    assert "#" not in host.page.url


async def test_a_console_comes_back_after_a_restart_that_made_its_key_worthless(console: Open) -> None:
    host = await console(SCENES["question"]())
    del host.hub.keys[KEY]
    await host.page.reload()
    await host.sees(".now-head", "Вопрос 1")
    assert host.hub.of("hello")[-1]["token"] == SESSION
