"""The host key is fresh at every start, readable by its owner alone, and gone with the last server of its folder."""

from pathlib import Path

from quizserver import host_key

CONSOLE = "http://192.168.1.5:8000/console"


def test_a_key_is_fresh_at_every_start_and_long_enough(tmp_path: Path) -> None:
    secrets = set()
    for _ in range(3):
        with host_key.held(tmp_path, CONSOLE) as key:
            secrets.add(key.secret)
    assert len(secrets) == 3
    assert min(map(len, secrets)) >= 128 / 6


def test_its_file_is_for_its_owner_alone_and_goes_at_the_stop(tmp_path: Path) -> None:
    with host_key.held(tmp_path, CONSOLE) as key:
        assert (tmp_path / host_key.NAME).stat().st_mode & 0o777 == 0o600
        assert host_key.of_running_server(tmp_path) == key
    assert list(tmp_path.iterdir()) == []


def test_a_second_server_on_the_folder_joins_with_the_same_key_until_the_last_one_stops(tmp_path: Path) -> None:
    first, second = host_key.held(tmp_path, CONSOLE), host_key.held(tmp_path, "http://192.168.1.5:8001/console")
    with second:
        pass
    key = first.__enter__()
    with host_key.held(tmp_path, "http://192.168.1.5:8001/console") as joined:
        assert joined == key
        first.__exit__(None, None, None)
        assert host_key.of_running_server(tmp_path) == key
    assert host_key.of_running_server(tmp_path) is None


def test_the_file_of_a_killed_server_counts_for_nothing(tmp_path: Path) -> None:
    (tmp_path / host_key.NAME).write_text(f"old\n{CONSOLE}\n")
    assert host_key.of_running_server(tmp_path) is None
    with host_key.held(tmp_path, CONSOLE) as key:
        assert key.secret != "old"
