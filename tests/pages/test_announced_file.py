"""`quizserver announce FILE`: says what it would do, takes it when told so, and twice the same file changes nothing."""

from pathlib import Path

from tests.pages.test_command_line import said
from tests.support import server

FILE = "name\tcaptain\tpeople\twhere\nGeese\tAnna\t5\tonline\nDucks\tOleg\tmany\t\n"


async def test_a_file_is_previewed_taken_and_known_the_second_time(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "teams.tsv"
    file.write_text(FILE)
    assert said("announce", file, "1", "--data", data)[1].startswith("There is no archive in")
    with server.running(data) as quiz:
        code, words = said("announce", file, quiz.pin, "--data", data)
        assert code == 1 and "line 3: “many” is no number. Write how many people in digits" in words, words
        assert "1 new, 0 there already, 1 that cannot be taken.\nNothing is taken yet" in words
        assert "They wait for the host" in said("announce", file, quiz.pin, "--data", data, "--take")[1]
        assert "0 new, 1 there already" in said("announce", file, quiz.pin, "--data", data, "--take")[1]
        assert said("announce", file, "000000", "--data", data)[1].startswith("There is no battle 000000")
    file.write_bytes(b"\0")
    words = f"{file}: This is no table. An .xlsx or .csv file is needed.\n"
    assert said("announce", file, "1", "--data", data) == (1, words)
    assert said("announce", tmp_path / "none", "1", "--data", data)[1].endswith("cannot be read (No such file or directory).\n")
