"""A real server and a real browser: a host signs in by a password, at whichever server of the folder, and is listed by name."""

import subprocess
from pathlib import Path

from playwright.async_api import Browser, expect

from tests.support import server

PASSWORD = "три слова и самолёт"


def password(data: Path, *options: str) -> None:
    command = server.command("password", *options, "--data", data)
    done = subprocess.run(command, input=PASSWORD, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr


async def test_a_host_signs_in_by_password_at_any_server_of_the_folder_and_a_new_password_signs_out_nobody(
    browser: Browser, tmp_path: Path
) -> None:
    with server.running(tmp_path) as first, server.running(tmp_path) as second:
        password(tmp_path, "--stdin", "--name", "Анна")
        for quiz in (first, second):
            page = await (await browser.new_context()).new_page()
            await page.goto(f"{quiz.url}/console?lang=ru")
            await page.get_by_label("Имя").fill("анна")
            await page.get_by_label("Пароль", exact=True).fill("не тот пароль")
            await page.keyboard.press("Enter")
            await expect(page.get_by_role("alert")).to_contain_text("не подходят друг к другу")
            await page.get_by_label("Пароль", exact=True).fill(PASSWORD)
            await page.keyboard.press("Enter")
            await expect(page.locator(".action-main")).to_be_visible()
        password(tmp_path, "--remove", "--name", "Анна")
        await page.reload()
        await page.locator(".action-main").wait_for()
        await page.keyboard.press("a")
        await expect(page.locator(".signed-in b")).to_have_text(["Анна, Chrome, Linux"] * 2)
        await expect(page.locator(".signed-in .badge")).to_have_count(1)
