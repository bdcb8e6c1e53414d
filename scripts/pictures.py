"""Makes the pictures of the chat page in docs/pictures: starts the real demo and talks to it in a real browser.

Run it with `make pictures`. Needs Chromium. The demo works in a temporary folder, on a free port.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from scripts.drawing import browser, keep

READY_SECONDS = 30
PUBLISHED = 8  # at most
OUTLETS = 2  # that the last alert names beside its own: the picture is to show related coverage
STOP_SECONDS = 10

SHOTS: dict[str, dict[str, Any]] = {
    "chat-light": {"viewport": {"width": 1000, "height": 1080}, "color_scheme": "light"},
    "chat-dark": {"viewport": {"width": 1000, "height": 1080}, "color_scheme": "dark"},
    "chat-phone": {
        "viewport": {"width": 390, "height": 844},
        "color_scheme": "light",
        "device_scale_factor": 2,
        "has_touch": True,
    },
}


def main() -> None:
    with demo() as url, browser() as opened:
        page = f"{url}/?as=reader"
        play(opened, page)
        for name, settings in SHOTS.items():
            keep(name, shoot(opened, page, settings))


@contextmanager
def demo() -> Iterator[str]:
    """The demo as a newcomer starts it, without settings but a free port; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ours = {"WEB_PORT": str(port), "LOG_LEVEL": "warning", "DEFAULT_LOCALE": "en"}
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TZ"}}
    with tempfile.TemporaryDirectory() as folder:
        command = [str(Path(sys.executable).with_name("topicwire")), "run"]
        process = subprocess.Popen(command, cwd=folder, env={**kept, **ours})
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(f"{url}/readyz", process)
            yield url
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Raises TimeoutError when the demo is not ready in time, RuntimeError when it ended instead."""
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"topicwire run ended with code {process.returncode}")
        with suppress(OSError), urllib.request.urlopen(url, timeout=1):  # noqa: S310 - our own address
            return
        time.sleep(0.1)
    raise TimeoutError(f"nothing is ready at {url}")


def play(opened: Browser, url: str, locale: str = "en-GB") -> None:
    """A newcomer's first minutes: subscribe, see the best stories, publish some and get the alerts."""
    context = opened.new_context(locale=locale)
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector("#status.live")
    page.fill("#say", "/subscribe computer-vision")
    page.keyboard.press("Enter")
    page.wait_for_selector("article.bot .item")
    for number in range(1, PUBLISHED + 1):
        page.click("[data-publish=wanted]")
        page.wait_for_function("(n) => document.querySelectorAll('.card').length === n", arg=number)
        if page.locator("article:last-child .coverage li").count() >= OUTLETS:
            break
    context.close()


def shoot(opened: Browser, url: str, settings: dict[str, Any]) -> bytes:
    """The page as it looks now, its last message from the top."""
    context = opened.new_context(
        **{"reduced_motion": "reduce", "locale": "en-GB", "timezone_id": "UTC", **settings}
    )
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector("#status.live")
    page.evaluate("document.querySelector('article:last-child').scrollIntoView()")
    rest(page)
    picture = page.screenshot()
    context.close()
    return picture


def rest(page: Page) -> None:
    """Until the last picture is drawn: those further up are loaded only when somebody looks."""
    page.wait_for_function("() => [...document.querySelectorAll('.card img')].at(-1).complete")
    page.wait_for_timeout(300)


if __name__ == "__main__":
    main()
