"""Drives a whole evening by its console: its key is pressed whenever it would do something, else what it waits for happens."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

Act = Callable[[], Awaitable[None]]


class Console(Protocol):
    """A host's device, plugged into a hub or at the other end of a socket."""

    view: dict[str, Any]

    async def do(self, command: str, **args: Any) -> Any: ...

    async def until(self, looks: Callable[[], Any], /) -> Any: ...


async def nothing() -> None:
    """Nobody does anything."""


async def drive(
    host: Console, until: str = "finished", *, answering: Act = nothing, collecting: Act = nothing, patient: bool = False
) -> None:
    """On to this phase. `answering` is called once for each question that has opened, `collecting` while a venue is waited for;
    a `patient` host closes nothing by hand."""
    answered: set[str] = set()
    while host.view["phase"] != until:
        question, step, before = host.view.get("question", {}).get("id"), host.view["primary"], where(host)
        if host.view["phase"] == "open" and question not in answered:
            answered.add(question)
            await answering()
            continue
        if step["command"] and not (patient and step["command"] == "CloseAnswers"):
            await host.do(step["command"])
        elif step["waits"] == "collecting":
            await collecting()
        await host.until(lambda before=before: where(host) != before or None)  # type: ignore[misc]


def where(host: Console) -> tuple[Any, ...]:
    """What of a console's view moves with the evening."""
    return host.view["step"], host.view["stage"], host.view["primary"]
