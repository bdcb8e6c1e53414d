"""One address for one page, however it was shared."""

from __future__ import annotations

import re
from urllib.parse import unquote_plus, urlsplit

from w3lib.url import canonicalize_url

_PORTS = {"http": 80, "https": 443}

_SAME_SITE = ("www.", "m.", "amp.", "mobile.")
"""Labels in front of a host that serve the same pages to another screen."""

_TRACKING_PREFIXES = (
    "utm_",
    "itm_",
    "guce_",
    "hsa_",
    "mtm_",
    "at_custom",
    "ns_mchannel",
    "ns_source",
    "ns_campaign",
)
_LISTED = """
    cmp cmpid fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid li_fat_id igshid igsh mc_cid
    mc_eid mkt_tok _hsenc _hsmi hsctatracking vero_id oly_anon_id oly_enc_id rb_clickid s_cid icid ncid ocid
    smid smtyp ref_src ref_url fb_action_ids fb_action_types fb_source __twitter_impression _ga _gl wt_mc
    wt.mc_id trk trkinfo sr_share guccounter soc_src soc_trk tsrc srnd sref wpisrc wpmm spm xtor taid amp_js_v
    usqp at_medium at_campaign ns_linkname ns_fee pk_campaign pk_kwd pk_source pk_medium
"""
_TRACKING = frozenset(_LISTED.split())
"""Parameters, in lower case, that only say where a reader came from: the ones that advertising, mail and social
networks and large outlets append to links. Names that carry content elsewhere (`id`, `ref`, `cid`, `mod`) are
not among them: two pages taken for one would silence news."""

_FEED_MARKS = frozenset(("source", "partner", "ref", "from", "src"))
_FEED = re.compile(r"(?:rss|feed)", re.IGNORECASE)


def canonical_address(url: str) -> str:
    """The address under which two links to one page are equal: `host/path?query`, without a scheme.

    The host is in lower case without `www.`, `m.`, `amp.` and `mobile.`, without the default port; fragment,
    credentials, trailing slashes and tracking parameters are dropped, all other parameters are kept and sorted
    (on a video site the query is the page). Answers "" for what is not an http(s) address with a host, and
    never raises.
    """
    try:
        parts = urlsplit(canonicalize_url(url.strip()))
        host, port = (parts.hostname or "").strip("."), parts.port
    except ValueError:  # a broken port, bracket or host label
        return ""
    if parts.scheme not in _PORTS or not host or not host.isprintable() or " " in host:
        return ""
    host = f"[{host}]" if ":" in host else _bare(host)
    shown_port = "" if port in (None, _PORTS[parts.scheme]) else f":{port}"
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _tracks(pair))
    return f"{host}{shown_port}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")


def _bare(host: str) -> str:
    """The host without labels of `_SAME_SITE`, as long as a domain with a dot remains (`m.com` is a domain)."""
    for label in _SAME_SITE:
        rest = host.removeprefix(label)
        if rest != host and "." in rest:
            return _bare(rest)
    return host


def _tracks(pair: str) -> bool:
    name, _, value = pair.partition("=")
    name = unquote_plus(name).lower()
    # Medium's `source=rss----...` and the `partner=feedburner` of several outlets: the value names a feed.
    feed = name in _FEED_MARKS and _FEED.match(value)
    return bool(feed) or name in _TRACKING or name.startswith(_TRACKING_PREFIXES)
