"""A pack's pictures: those that are there, and every way in which one is not."""

from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from player_web.pages import PlayerPages


@pytest.fixture
def media(tmp_path: Path) -> Path:
    folder = tmp_path / "media"
    folder.mkdir()
    (folder / "plane.svg").write_text("<svg/>")
    (folder / "folder.svg").mkdir()
    (folder / "notes.txt").write_text("secret")
    (tmp_path / "outside.svg").write_text("<svg/>")
    return folder


async def fetched(media: Path, name: str) -> httpx.Response:
    pages = Starlette(routes=PlayerPages(media, lambda pin: pin).routes())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(pages), base_url="http://here") as client:
        return await client.get(f"/media/{name}")


async def test_a_picture_is_drawn_and_never_run(media: Path) -> None:
    picture = await fetched(media, "plane.svg")
    assert (picture.status_code, picture.text) == (200, "<svg/>")
    assert "sandbox" in picture.headers["content-security-policy"]


ELSEWHERE = ("notes.txt", "%2e%2e%2foutside.svg", "..%5coutside.svg")
NO_NAMES = ("%00.svg", "a" * 300 + ".svg", "%ff.svg", ".svg")


@pytest.mark.parametrize("name", ["gone.svg", "folder.svg", *ELSEWHERE, *NO_NAMES])
async def test_a_picture_that_is_not_there_is_one_sentence(media: Path, name: str) -> None:
    answer = await fetched(media, name)
    assert answer.status_code == 404
    assert answer.text in ("There is no such picture.\n", "Not Found")


async def test_a_picture_that_goes_away_under_us_is_one_sentence(media: Path) -> None:
    picture = media / "plane.svg"
    picture.unlink()
    picture.symlink_to(picture)  # reading it fails in a way of its own
    assert (await fetched(media, "plane.svg")).status_code == 404
