"""A look at the picture that an editor names, before thousands of messages point to it.

Somebody who is asked to fetch an address can be made to knock at doors of the house: only public addresses are
connected to, whatever a name resolves to, redirects are not followed, and size and time are capped.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

LARGEST = 5 * 2**20  # bytes; Telegram takes no larger picture by its address: bots/api#sending-files
SECONDS = 6.0
HTTP_OK = 200
MARKS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF")
"""How JPEG, PNG, GIF and WebP begin."""

NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052

Allowed = Callable[[str], bool]


def is_public(address: str) -> bool:
    """Whether an IP address belongs to one machine of the internet, and not to this one or its network."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):  # some carry an IPv4 address, to which a gateway leads
        inner = found.sixtofour or (ipaddress.IPv4Address(found.packed[-4:]) if found in NAT64 else None)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast


async def look(url: str, *, allowed: Allowed = is_public) -> str:
    """What is wrong with the picture at this address: `private`, `away`, `none`, `large`; "" where it is fine."""
    try:
        host = URL(url).host or ""  # as the client reads it: ①②⑦.0.0.1 is an address too
    except ValueError:
        return "none"
    if _is_address(host) and not allowed(host):
        return "private"
    resolver = _Resolver(allowed)
    connector = TCPConnector(resolver=resolver, limit=1, force_close=True)
    try:
        async with (
            ClientSession(connector=connector, cookie_jar=DummyCookieJar(), trust_env=False) as session,
            session.get(url, timeout=ClientTimeout(total=SECONDS), allow_redirects=False) as answer,
        ):
            if answer.status != HTTP_OK or not answer.content_type.startswith("image/"):
                return "none"
            if (answer.content_length or 0) > LARGEST:
                return "large"
            size, head = 0, b""
            async for chunk in answer.content.iter_chunked(2**16):
                head, size = (head + chunk)[:16], size + len(chunk)
                if size > LARGEST:
                    return "large"
            return "" if head.startswith(MARKS) else "none"
    except (ClientError, OSError, ValueError):  # TimeoutError is an OSError
        return "private" if resolver.refused else "away"


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class _Resolver(AbstractResolver):
    """Names are resolved as always; what they lead to within the house is left out."""

    def __init__(self, allowed: Allowed) -> None:
        self._inner = ThreadedResolver()
        self._allowed = allowed
        self.refused = False

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = [one for one in await self._inner.resolve(host, port, family) if self._allowed(one["host"])]
        if not found:
            self.refused = True
            raise OSError(f"{host} is not a public address")
        return found

    async def close(self) -> None:
        await self._inner.close()
