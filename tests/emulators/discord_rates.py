"""How fast one may ask: 50 requests a second for a token, and a bucket for each route and channel.

Source: https://docs.discord.com/developers/topics/rate-limits (headers, scopes, bodies; interactions are
outside the global limit). Buckets are fixed windows that open with their first request.
"""

from __future__ import annotations

import hashlib
import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from tests.emulators.discord_records import Refused
from tests.emulators.discord_rules import Rules

VIA = {"Via": "1.1 google"}
"""Every answer of Discord's own carries it; discord.py takes a 429 without it for Cloudflare's."""

CLOUDFLARE_PAGE = "<html><head><title>Access denied | error code: 1015</title></head><body>1015</body></html>"


@dataclass(slots=True)
class _Window:
    opened: float
    used: int = 0


class Rates:
    """Counts requests on the emulator's clock; `now` is in seconds."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._last_second: deque[float] = deque()
        self._windows: dict[tuple[str, str], _Window] = {}

    def take_global(self, now: float) -> Refused | None:
        """Count a request of the token; what refuses it, if it is one too many in a second."""
        recent = self._last_second
        while recent and recent[0] <= now - 1:
            recent.popleft()
        if len(recent) >= self.rules.global_per_second:
            return too_many_requests(recent[0] + 1 - now, "global")
        recent.append(now)
        return None

    def take(self, route: str, channel: str, now: float) -> tuple[Mapping[str, str], Refused | None]:
        """Count a request in its bucket: the headers of its answer, and what refuses it."""
        rules = self.rules
        window = self._windows.get((route, channel))
        if window is None or now >= window.opened + rules.bucket_seconds:
            window = self._windows[route, channel] = _Window(now)
        full = window.used >= rules.bucket_limit
        if not full:
            window.used += 1
        reset_after = window.opened + rules.bucket_seconds - now
        headers = {
            "X-RateLimit-Limit": str(rules.bucket_limit),
            "X-RateLimit-Remaining": str(rules.bucket_limit - window.used),
            "X-RateLimit-Reset": f"{now + reset_after:.3f}",
            "X-RateLimit-Reset-After": f"{reset_after:.3f}",
            "X-RateLimit-Bucket": hashlib.md5(route.encode(), usedforsecurity=False).hexdigest(),
        }
        return headers, too_many_requests(reset_after, "user", headers) if full else None


def too_many_requests(
    seconds: float, scope: str, headers: Mapping[str, str] | None = None, *, commanded: bool = False
) -> Refused:
    """429 of scope user, shared or global; "cloudflare" is the page of the edge, without Via and JSON."""
    if scope == "cloudflare":
        return Refused(
            429,
            0,
            "error code: 1015",
            headers={"Retry-After": f"{seconds:.0f}"},
            page=CLOUDFLARE_PAGE,
            commanded=commanded,
        )
    retry_after = round(max(seconds, 0.001), 3)
    told = {**(headers or {}), "Retry-After": str(math.ceil(retry_after)), "X-RateLimit-Scope": scope}
    if scope == "global":
        told["X-RateLimit-Global"] = "true"
    return Refused(
        429,
        0,
        "You are being rate limited.",
        extra={"retry_after": retry_after, "global": scope == "global"},
        headers=told,
        commanded=commanded,
    )


def counts_as_invalid(status: int, headers: Mapping[str, str]) -> bool:
    """401, 403 and 429, but for a shared limit, count towards Cloudflare's block of the address.

    Source: https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans.
    """
    return status in {401, 403} or (status == 429 and headers.get("X-RateLimit-Scope") != "shared")
