"""Pictures that editors name: what is none, too large, away, or in the house is found out before it is sent."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from adapters import pictures
from adapters.pictures import LARGEST, is_public, look

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


@pytest.fixture
async def site() -> AsyncIterator[str]:
    """A small site on loopback."""

    async def serve(request: web.Request) -> web.StreamResponse:
        match request.path:
            case "/good.png":
                return web.Response(body=PNG, content_type="image/png")
            case "/page.png":
                return web.Response(text="<html>", content_type="text/html")
            case "/lie.png":
                return web.Response(body=b"<html>", content_type="image/png")
            case "/moved.png":
                return web.Response(status=302, headers={"Location": "/good.png"})
            case "/large.png":
                return web.Response(body=PNG + b"\0" * LARGEST, content_type="image/png")
            case "/endless.png":
                stream = web.StreamResponse(headers={"Content-Type": "image/png"})
                await stream.prepare(request)
                await stream.write(PNG)
                for _ in range(LARGEST // 2**16 + 1):
                    await stream.write(b"\0" * 2**16)
                return stream
        return web.Response(status=404)

    app = web.Application()
    app.router.add_get("/{name}", serve)
    runner = web.AppRunner(app)
    await runner.setup()
    server = web.TCPSite(runner, "127.0.0.1", 0)
    await server.start()
    port = runner.addresses[0][1]
    yield f"http://127.0.0.1:{port}"
    await runner.cleanup()


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("good.png", ""),
        ("page.png", "none"),
        ("lie.png", "none"),
        ("moved.png", "none"),
        ("missing.png", "none"),
        ("large.png", "large"),
        ("endless.png", "large"),
    ],
)
async def test_what_is_wrong_with_a_picture_has_a_name(site: str, path: str, fault: str) -> None:
    assert await look(f"{site}/{path}", allowed=lambda _: True) == fault


async def test_nothing_in_the_house_is_asked_for(site: str) -> None:
    assert await look(f"{site}/good.png") == "private"
    assert await look(f"{site.replace('127.0.0.1', 'localhost')}/good.png") == "private"
    assert await look(f"{site.replace('127.0.0.1', '①②⑦.0.0.1')}/good.png") == "private"
    assert await look(f"{site.replace('127.0.0.1', '127。0。0。1')}/good.png") == "private"


async def test_where_nobody_answers_it_is_away(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "SECONDS", 2.0)
    del site
    assert await look("http://127.0.0.1:9/x.png", allowed=lambda _: True) == "away"


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1", "fe80::1%eth0",
     "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1", "ff02::1", "x"],
)  # fmt: skip
def test_an_address_of_the_house_is_not_public(address: str) -> None:
    assert not is_public(address)


def test_an_address_of_the_internet_is_public() -> None:
    assert is_public("93.184.216.34")
    assert is_public("2606:2800:220:1:248:1893:25c8:1946")
