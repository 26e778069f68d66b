"""What a host reads when something is refused, in both languages: a sentence, and with its detail where it has one."""

import pytest

from tests.js.staff.conftest import Open
from tests.support.refusal_words import LANGUAGES, sentence
from tests.support.staff_states import SCENES

pytestmark = pytest.mark.asyncio(loop_scope="session")

REFUSED = {
    **dict.fromkeys(("stale", "store_gone", "our_fault", "too_fast", "not_allowed", "too_big", "invalid", "unknown_command"), ""),
    **dict.fromkeys(("name_taken", "name_empty", "reason_needed", "unknown_team", "unknown_venue", "questions_left", "late"), ""),
    "unknown_pack": "tupolw",
    "broken_pack": "pack.yaml:41: rounds[1].questions[3].answer: must be true or false",
    "pictures_not_kept": "No space left on device",
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_refused_press_is_told_in_a_sentence(console: Open, language: str) -> None:
    host = await console(SCENES["lobby"]())
    await host.page.evaluate("(language) => import('/browser/words.js').then((words) => words.say_in(language))", language)
    host.hub.deaf.add("do")
    for number, (code, detail) in enumerate(REFUSED.items(), 1):
        await host.page.evaluate("import('/staff/console/asking.js').then((asking) => { asking.ask('Pause'); })")
        await host.asks(number)
        refused = {"code": code, "detail": detail, "fault": "moment", "temporary": False}
        host.hub.tell({"t": "done", "n": host.hub.of("do")[-1]["n"], "ok": False, "refused": refused})
        words = sentence(code, language, staff=True)
        assert words
        await host.sees(".toast", words.replace("{detail}", detail))
