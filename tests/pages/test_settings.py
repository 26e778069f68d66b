"""Every knob has an option, and the options of a start have a QUIZ_* variable alike."""

import dataclasses
from pathlib import Path

import pytest
from typer.testing import CliRunner

from quizserver import __main__, app
from quizserver.settings import Settings


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """The settings of each start, instead of a server."""
    starts: list[Settings] = []
    monkeypatch.setattr(app, "run", lambda settings, command: starts.append(settings))
    return starts


ALL = {"port": 8001, "host": "127.0.0.1", "data": Path("evening"), "pack": "industry", "public_url": "https://quiz.example"}
FLAG = "--password-over-http"


def test_without_any_option_the_defaults_hold(started: list[Settings]) -> None:
    CliRunner().invoke(__main__.cli, ["run"])
    assert started == [Settings()]


def test_every_option_reaches_the_settings(started: list[Settings]) -> None:
    options = [word for name, value in ALL.items() for word in (f"--{name.replace('_', '-')}", str(value))]
    CliRunner().invoke(__main__.cli, ["run", *options, FLAG])
    assert started == [dataclasses.replace(Settings(), **ALL, password_over_http=True)]  # type: ignore[arg-type]


def test_every_option_has_its_variable(started: list[Settings]) -> None:
    variables = {f"QUIZ_{name.upper()}": str(value) for name, value in ALL.items()}
    CliRunner(env={**variables, "QUIZ_PASSWORD_OVER_HTTP": "1"}).invoke(__main__.cli, ["run"])
    assert started == [dataclasses.replace(Settings(), **ALL, password_over_http=True)]  # type: ignore[arg-type]


def test_an_option_beats_its_variable(started: list[Settings]) -> None:
    CliRunner(env={"QUIZ_PORT": "8001"}).invoke(__main__.cli, ["run", "--port", "8002"])
    assert started[0].port == 8002
