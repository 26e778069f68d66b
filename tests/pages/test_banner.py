"""The banner shows what is there, and nothing that is not."""

from dataclasses import replace

from quizserver import addresses
from quizserver.banner import Invitation, banner, qr

HALL = Invitation(addresses.ours(8000, None, "192.168.1.5", ["192.168.1.5", "10.0.0.7"]), "s3cret")


def test_the_console_address_carries_the_key_behind_the_hash() -> None:
    assert "http://192.168.1.5:8000/console#s3cret\n" in banner(HALL, with_qr=False)


def test_the_key_is_in_no_address_for_teams_or_screens() -> None:
    assert banner(HALL, with_qr=False).count("s3cret") == 1


def test_a_pin_is_shown_as_soon_as_there_is_one() -> None:
    assert "PIN" not in banner(HALL, with_qr=False)
    assert "with the PIN   417 250\n" in banner(replace(HALL, pin="417 250"), with_qr=False)


def test_addresses_follow_the_public_url_and_the_others_are_listed() -> None:
    public = Invitation(addresses.ours(8000, "https://quiz.example", "192.168.1.5", []), "s3cret")
    text = banner(public, with_qr=False)
    assert "https://quiz.example/screen" in text
    assert "Also at        http://192.168.1.5:8000\n" in text


def test_the_qr_code_is_drawn_only_where_it_can_be_seen() -> None:
    code = qr(HALL.join_url)
    assert code in banner(HALL, with_qr=True)
    assert code not in banner(HALL, with_qr=False)
    assert max(map(len, code.splitlines())) <= 40
