"""Whatever file somebody sends, there is one sentence about it, and neither its memory nor its time is ours."""

import re
import subprocess
import sys

import pytest

from quizserver.battle.refusals import Fault, Refused
from quizserver.spreadsheets.opened import opened
from quizserver.spreadsheets.reader import Reader
from quizserver.spreadsheets.table import Unreadable
from tests.spreadsheets.files import SMALL, hostile_files

HOSTILE = hostile_files()
MOST_MB = 200
MEASURED = (
    "import runpy, sys; runpy.run_module('quizserver.spreadsheets', run_name='__main__'); "
    "sys.stderr.write(open('/proc/self/status').read())"
)
"""What a parent is told of its child's memory begins with the parent's own; the child knows better."""


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_in_one_word(what: str) -> None:
    file, code = HOSTILE[what]
    with pytest.raises(Unreadable) as why:
        opened(file)
    assert why.value.code == code


async def test_files_are_read_in_a_process_of_their_own() -> None:
    tables = await Reader().read(SMALL)
    assert not isinstance(tables, Refused) and tables[0].rows[1].cells == ("Ту-104", "1", "10")
    assert await Reader().read(HOSTILE["a zip bomb"][0]) == Refused("file_unpacks_too_big", Fault.SENDER)


@pytest.mark.parametrize("program", ["import time; time.sleep(60)", "raise MemoryError"])
async def test_a_file_that_takes_too_long_or_too_much_is_given_up(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizserver.spreadsheets.reader.READING_S", 0.5)
    told = await Reader(("-c", program)).read(b"x")
    assert isinstance(told, Refused) and told.code == "file_takes_too_long"


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux")
@pytest.mark.parametrize("what", ["one row, the millionth", "a million lines of CSV", "an XML bomb"])
def test_the_process_that_reads_stays_small(what: str) -> None:
    file, code = HOSTILE[what]
    told = subprocess.run([sys.executable, "-c", MEASURED], input=file, capture_output=True, check=True)
    assert code.encode() in told.stdout
    peak = re.search(r"VmHWM:\s+(\d+) kB", told.stderr.decode())
    assert peak and int(peak[1]) < MOST_MB * 1024
