"""What stands in the log was written by us: nobody adds a line to it, and nobody's name or key is in it."""

import io
import logging

import pytest

from quizserver.log_lines import Lines
from quizserver.wire.codec import Encoding, encoded
from tests.hub.stage import staged

KEY, NAME = "Canary-of-a-token-0123456789", "Канарейка"
FORGED = "eve\r\n2026-01-01 host signed in\x1b[2K\x00\u202egnp\u2028more\x85"


def written(message: str, *args: object, exc: BaseException | None = None) -> str:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines())
    why = (type(exc), exc, None) if exc else None
    handler.emit(logging.LogRecord("quizserver", logging.WARNING, "", 0, message, args, why))
    return stream.getvalue()


def test_what_comes_from_outside_is_one_line_without_control_characters() -> None:
    line = written("a %s at %s was sent away", "guest", FORGED)
    assert line.count("\n") == 1 and line.endswith("\n")
    assert not set(line[:-1]) & set("\r\x1b\0\u202e\u2028\x85")
    assert r"eve\r\n2026-01-01 host signed in\x1b[2K\x00\u202egnp\u2028more\x85" in line


def test_a_traceback_cannot_look_like_a_message() -> None:
    lines = written("failed", exc=ValueError(FORGED)).splitlines()
    assert lines[0] == "failed" and len(lines) > 1
    assert all(line.startswith("  ") for line in lines[1:])
    assert "\x1b" not in "".join(lines)


def test_letters_of_every_language_stay_as_they_are() -> None:
    assert written("Битва «Ту-144» 北京 é") == "Битва «Ту-144» 北京 é\n"


async def test_no_key_and_no_name_is_in_the_log(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    caplog.set_level(logging.DEBUG)
    async with staged() as stage:
        team, joined = await stage.team(NAME)
        stranger = stage.device()
        stranger.hello(KEY)
        await stranger.until(lambda: stranger.closing)
        for device in (team, stage.device()):
            for said in ({"t": "join", "pin": KEY, "name": NAME}, {"t": KEY, KEY: NAME}, {"t": "hello", "token": KEY}):
                device.send(encoded(Encoding.MSGPACK, said))
        broken = stage.device()
        broken.hello()
        monkeypatch.setattr(stage.running.seating, "join", _fails)
        await broken.join(stage.pin, NAME)
        monkeypatch.undo()
        secrets = (KEY, NAME, joined["token"], joined["code"])
        assert caplog.records and not [secret for secret in secrets if secret in caplog.text]


async def _fails(*given: object, **named: object) -> None:
    raise RuntimeError("a bug of ours")
