"""Which addresses Telegram takes, in links and on buttons.

Written after check_link_impl and get_link_user_id in tdlib/td td/telegram/LinkManager.cpp and parse_url in
tdutils/td/utils/HttpUrl.cpp (2026-07-17).
"""

from __future__ import annotations

import re
from ipaddress import ip_address

_URL = re.compile(r"(?:(?P<scheme>[^:/?#@\[\]]*)://)?(?P<authority>[^/?#]*)(?P<rest>.*)", re.DOTALL)
_HOST = re.compile(r"(?:[A-Za-z0-9.\-_!$,~*'();&+=\u0080-\U0010ffff]|%[0-9a-fA-F]{2})+")
_APP = re.compile(r"(tg|ton|tonsite):(?://)?", re.IGNORECASE)
_APP_HOST = re.compile(r"[A-Za-z0-9_-]+")
_USER = re.compile(r"tg:(?://)?user/?\?(?:[^#]*&)?id=([0-9]+)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x20]")
_TOP_PORT = 65535


class WrongLink(ValueError):  # noqa: N818 - a verdict on the link
    """The address is not taken; the text is TDLib's reason."""


def check_link(link: str) -> str:
    """`link` as Telegram stores it: scheme added, host in lower case, never without a path.

    Raises WrongLink. Local host names fail here ("Wrong HTTP URL"); see `is_public` for addresses.
    """
    if app := _APP.match(link):
        return _app_link(app[1].lower(), link[app.end() :])
    scheme, userinfo, host, port, rest = _parts(link)
    if "." not in host and not host.startswith("["):
        raise WrongLink("Wrong HTTP URL")
    login = f"{userinfo}@" if userinfo else ""
    return f"{scheme}://{login}{host}{f':{port}' if port else ''}{rest}"


def checked_link(link: str) -> str:
    """`check_link`, with "" for an address that is not taken: such a link is dropped silently."""
    try:
        return check_link(link)
    except WrongLink:
        return ""


def user_of_link(link: str) -> str:
    """The id in `tg://user?id=...`, which mentions a person; else ""."""
    found = _USER.match(link)
    return found[1] if found else ""


def is_public(link: str) -> bool:
    """Whether Telegram's side of the net may reach the host of `link`; loopback and private ones are not."""
    authority = _split(link)["authority"]
    host = authority.rpartition("@")[2]
    host = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    if host.lower().endswith((".localhost", ".local", ".internal")):
        return False
    try:
        return ip_address(host).is_global
    except ValueError:
        return True


def _parts(link: str) -> tuple[str, str, str, int, str]:
    found = _split(link)
    scheme = "http" if found["scheme"] is None else found["scheme"].lower()
    if scheme not in {"http", "https"}:
        raise WrongLink("Unsupported URL protocol")
    userinfo, _, host_port = found["authority"].rpartition("@")
    host, port = _split_port(host_port)
    if not host:
        raise WrongLink("URL host is empty")
    if host.startswith("[") and host.endswith("]"):
        _check_ipv6(host[1:-1])
    elif host == ".":
        raise WrongLink("Host is invalid")
    elif not _HOST.fullmatch(host):
        raise WrongLink("Disallowed character in URL host")
    rest = found["rest"].rstrip(" \t\r\n\0\v") or "/"
    rest = rest if rest.startswith("/") else "/" + rest
    rest = _CONTROL.sub(lambda control: f"%{ord(control[0]):02X}", rest)
    return scheme, userinfo, host.lower(), port, rest


def _split(link: str) -> re.Match[str]:
    found = _URL.match(link)
    assert found  # every string matches
    return found


def _split_port(host_port: str) -> tuple[str, int]:
    host, colon, port = host_port.rpartition(":")
    if not colon or host_port.endswith("]"):
        return host_port, 0
    if not port.isascii() or not port.isdigit() or not 0 < int(port) <= _TOP_PORT:
        raise WrongLink("Wrong port number specified in the URL")
    return host, int(port)


def _check_ipv6(host: str) -> None:
    try:
        ip_address(host)
    except ValueError as error:
        raise WrongLink("Wrong IPv6 address specified in the URL") from error


def _app_link(scheme: str, link: str) -> str:
    http, userinfo, host, port, rest = _parts(link)
    wrong = "Wrong tg URL" if scheme == "tg" else "Wrong ton URL"
    if link.lower().startswith("http://") or http == "https" or userinfo or port:
        raise WrongLink(wrong)
    if not _APP_HOST.fullmatch(host.replace(".", "") if scheme == "tonsite" else host):
        raise WrongLink("Unallowed characters in URL host")
    return f"{scheme}://{host}{rest[1:] if rest.startswith('/?') else rest}"
