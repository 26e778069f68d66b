"""Another text for a Lua script, as every store of this process then registers it."""

from typing import Any

from redis.asyncio import Redis

from quizserver.stores import lua


def rewrite(name: str, *changes: tuple[str, str]) -> None:
    """Replaces each first text, which must stand in the script once, by the second."""
    file = lua.SCRIPTS / f"{name}.lua"
    honest = rewritten = file.read_text(encoding="ascii")
    for old, new in changes:
        assert rewritten.count(old) == 1, f"{file} no longer has {old!r} once: mend the defect"
        rewritten = rewritten.replace(old, new)
    register = Redis.register_script

    def altered(self: Any, text: str | bytes) -> Any:
        return register(self, rewritten if text == honest else text)

    Redis.register_script = altered  # type: ignore[assignment,method-assign]
