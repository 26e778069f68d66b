"""A phone keeps what was recorded until it is revealed, and shows it to a server that may have lost it."""

from typing import Any

import pytest
from playwright.async_api import Page

pytestmark = pytest.mark.asyncio(loop_scope="session")

PHONE = """async (steps) => {
  localStorage.clear();
  const { Outbox } = await import("/browser/outbox.js");
  const said = [], heard = {};
  const session = {
    link_state: { value: { state: "on" } }, mine: { value: null }, version: { epoch: 1 },
    on: (type, listener) => (heard[type] = [...(heard[type] ?? []), listener]),
    send: (message) => said.push(message) > 0,
  };
  const hear = (message) => {
    if (message.epoch !== undefined) session.version.epoch = message.epoch;
    if (message.mine) session.mine.value = message.mine;
    for (const listener of heard[message.t] ?? []) listener(message);
  };
  let outbox = new Outbox(session);
  for (const [what, value] of steps) {
    if (what === "hear") hear(value.t === "ack" ? { id: said.at(-1).id, ...value } : value);
    if (what === "tap") outbox.put("q" + value, 1, "value" + value, 0);
    if (what === "reload") { for (const name in heard) delete heard[name]; outbox = new Outbox(session); }
    if (what === "wait") await new Promise((resolve) => setTimeout(resolve, value));
  }
  return { said: said.map(({ id, ...rest }) => rest), told: outbox.told.value, kept: Object.keys(outbox.receipts) };
}"""

WELCOME = ("hear", {"t": "welcome", "role": "team", "team": "t1", "epoch": 1})
RESTORED = ("hear", {"t": "snapshot", "epoch": 2})
WAIT = ("wait", 600)


def ack(verdict: str = "recorded", receipt: str | None = "r", **rest: Any) -> tuple[str, dict[str, Any]]:
    return "hear", {"t": "ack", "verdict": verdict, "revision": 1, **({"receipt": receipt} if receipt else {}), **rest}


async def played(module: Page, *steps: tuple[str, Any]) -> tuple[list[Any], Any, list[str]]:
    """The receipts that the phone showed, what it says became of its answers, and the questions whose receipts it keeps."""
    end = await module.evaluate(PHONE, steps)
    return [each["receipt"] for each in end["said"] if "receipt" in each], end["told"], end["kept"]


async def test_nothing_is_shown_while_the_epoch_is_the_same(module: Page) -> None:
    shown, _, kept = await played(module, WELCOME, ("tap", 1), ack(), WELCOME, ("hear", {"t": "snapshot", "epoch": 1}), WAIT)
    assert (shown, kept) == ([], ["q1"])


async def test_a_new_epoch_is_shown_each_receipt_once(module: Page) -> None:
    steps = (WELCOME, ("tap", 1), ack(), ("tap", 2), ack(receipt="s"), RESTORED, WAIT)
    assert (await played(module, *steps))[0] == ["r", "s"]


async def test_what_was_taken_again_is_not_shown_to_the_same_epoch(module: Page) -> None:
    again = ack(receipt="r", revision=4)
    shown, told, kept = await played(module, WELCOME, ("tap", 1), ack(), RESTORED, WAIT, again, RESTORED, WAIT)
    assert (shown, told["q1"]["verdict"], told["q1"]["revision"], kept) == (["r"], "recorded", 4, ["q1"])


async def test_receipts_outlive_a_reload(module: Page) -> None:
    later = ("hear", {"t": "welcome", "role": "team", "team": "t1", "epoch": 2})
    assert (await played(module, WELCOME, ("tap", 1), ack(), ("reload", None), later, WAIT))[0] == ["r"]


async def test_a_later_answer_on_its_way_does_not_cost_the_receipt_of_the_one_before(module: Page) -> None:
    shown, _, kept = await played(module, WELCOME, ("tap", 1), ack(), ("tap", 1), ack("late", None), RESTORED, WAIT)
    assert (shown, kept) == (["r"], ["q1"])


async def test_a_receipt_that_is_not_taken_is_told_and_forgotten(module: Page) -> None:
    shown, told, kept = await played(module, WELCOME, ("tap", 1), ack(), RESTORED, WAIT, ack("missed", None))
    assert (shown, told["q1"]["verdict"], kept) == (["r"], "missed", [])


async def test_a_receipt_that_cannot_be_taken_yet_is_shown_again(module: Page) -> None:
    shown, _, kept = await played(module, WELCOME, ("tap", 1), ack(), RESTORED, WAIT, ack("paused", None), ("wait", 1700))
    assert (shown, kept) == (["r", "r"], ["q1"])


async def test_what_is_revealed_is_forgotten(module: Page) -> None:
    mine = ("hear", {"t": "mine", "mine": {"marks": {"q1": {}}}})
    shown, _, kept = await played(module, WELCOME, ("tap", 1), ack(), ("tap", 2), ack(), mine, RESTORED, WAIT)
    assert (shown, kept) == (["r"], ["q2"])
