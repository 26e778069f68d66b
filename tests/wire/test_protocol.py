"""PROTOCOL.md is complete and true: each message has an example there, each example is a message, each table is the code's."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from quizserver.services.ports import Verdict
from quizserver.wire import closing, from_client, presses, to_client
from quizserver.wire.allowed import MAY_PAGE, MAY_SAY, Role
from quizserver.wire.codec import Encoding, decoded, encoded

PROTOCOL = (Path(from_client.__file__).parent / "PROTOCOL.md").read_text(encoding="utf-8")
HEADINGS = r"^# (?:From the device|From the server|What the views hold|How it ends)$"
_, FROM_DEVICE, FROM_SERVER, VIEWS, ENDING = re.split(HEADINGS, PROTOCOL, flags=re.MULTILINE)


def examples(part: str) -> list[dict[str, Any]]:
    return [json.loads(block) for block in re.findall(r"^```json\n(.*?)^```$", part, flags=re.MULTILINE | re.DOTALL)]


def headings(part: str) -> list[str]:
    return re.findall(r"^## (\w+)$", part, flags=re.MULTILINE)


def said(example: dict[str, Any]) -> to_client.ToClient:
    """The message an example shows; raises if it shows none."""
    schema: TypeAdapter[to_client.ToClient] = TypeAdapter(to_client.MESSAGES[example["t"]])
    names = {"from": "from_"}
    return schema.validate_python({names.get(key, key): value for key, value in example.items() if key != "t"})


@pytest.mark.parametrize("encoding", Encoding)
@pytest.mark.parametrize("example", examples(FROM_DEVICE), ids=str)
def test_every_example_of_a_device_is_a_message(example: dict[str, Any], encoding: Encoding) -> None:
    understood = from_client.understood(decoded(encoding, encoded(encoding, example)))
    assert understood.model_dump(exclude_unset=True) == example
    if isinstance(understood, from_client.Do):
        presses.asked(understood)


@pytest.mark.parametrize("encoding", Encoding)
@pytest.mark.parametrize("example", examples(FROM_SERVER), ids=str)
def test_every_example_of_the_server_is_a_message(example: dict[str, Any], encoding: Encoding) -> None:
    assert said(example).plain() == example
    assert decoded(encoding, encoded(encoding, example)) == example


@pytest.mark.parametrize(
    ("part", "messages"), [(FROM_DEVICE, from_client.MESSAGES), (FROM_SERVER, tuple(to_client.MESSAGES))], ids=["device", "server"]
)
def test_every_message_has_a_heading_and_an_example(part: str, messages: tuple[str, ...]) -> None:
    assert set(headings(part)) == set(messages) == {example["t"] for example in examples(part)}
    assert len(headings(part)) == len(messages)


def test_every_kind_of_page_has_an_example() -> None:
    shown = {example["of"] for example in examples(FROM_DEVICE) if example["t"] == "page"}
    assert shown == frozenset().union(*MAY_PAGE.values())


def test_every_command_of_a_host_is_in_its_table() -> None:
    rows = re.findall(r"^\| ((?:`[A-Z]\w+` ?)+)\|(.*)\|$", FROM_DEVICE, flags=re.MULTILINE)
    listed = {name: set(re.findall(r"`([a-z_]+)`", args)) for names, args in rows for name in re.findall(r"\w+", names)}
    assert listed.keys() == {*presses.COMMANDS, *presses.SERVERS_OWN}
    for command, fields in presses.OTHERS.items():
        assert fields.keys() <= listed[command.__name__]


def test_every_verdict_of_a_box_is_explained() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", FROM_SERVER.split("## ack")[1].split("## counts")[0], flags=re.MULTILINE)) == {
        "verdict",
        "refused",
        *Verdict,
    }


def test_the_table_of_close_codes_is_the_codes_own() -> None:
    rows = re.findall(r"^\| (\d+) \| `(\w+)` \| (yes|no) \| (.*) \|$", ENDING, flags=re.MULTILINE)
    assert rows == [(str(each.code), each.reason, "yes" if each.comes_back else "no", each.advice) for each in closing.CLOSINGS]


def test_the_table_of_roles_is_the_codes_own() -> None:
    header, *rows = [
        row.strip("|").split("|") for row in re.findall(r"^\|.*\|$", PROTOCOL.split("# From the device")[0], re.MULTILINE)
    ]
    columns = [Role(name.strip()) for name in header[1:]]
    shown: dict[Role, set[str]] = {role: set() for role in Role}
    for first, *cells in rows[1:]:
        for role, cell in zip(columns, cells, strict=True):
            if cell.strip():
                shown[role] |= set(re.findall(r"`(\w+)`", first))
    assert shown == {role: set(MAY_SAY[role] | MAY_PAGE[role]) for role in Role}
