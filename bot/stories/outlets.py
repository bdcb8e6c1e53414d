"""Who publishes independently of whom: an outlet is its registrable domain."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

from bot.model import Provider


def outlet_domain(provider: Provider, url: str) -> str:
    """The outlet as one key: the registrable domain of its own domain, else of the link, else its name; or "".

    `news.bbc.co.uk` and `bbc.co.uk` are one outlet, two sites below `github.io` are two: the Public Suffix List
    (https://publicsuffix.org), of the version that is installed, says where names are sold.
    """
    for host in (provider.domain, _host(url)):
        bare = host.casefold().strip(". ")
        if bare and " " not in bare:
            return _suffixes().privatesuffix(bare) or bare
    return provider.name.casefold().strip()


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
