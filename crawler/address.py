"""Addresses: which host belongs to a portal, which two addresses are one page, which addresses are traps."""

from __future__ import annotations

import functools
import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

import tldextract

import data

# The list of public suffixes that comes with the package: never downloaded.
_SUFFIXES = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
_PORTS = {"http": 80, "https": 443}
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})  # one machine under three names
_INDEX = re.compile(r"/(?:index|default)\.(?:s?html?|jsp|aspx?|php)$", re.I)
_WAP = re.compile(r"_wap(?=\.s?html?$)", re.I)
_SESSION = re.compile(r";[a-z]*session[a-z]*=[^/?#;]*", re.I)
_HEX = re.compile(r"[0-9a-f]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
_DIGITS = re.compile(r"\d+")
_VIEWER = re.compile(r"viewer[\w.-]*\.\w+$", re.I)
_SHOWN = re.compile(r"\.(?:pdf|ofd|docx?|wps)$", re.I)
_BREAKS = re.compile(r"[\t\r\n]")
_TEMPLATE = re.compile(r"\$\{|\{\{")  # an address that a script has yet to fill in
_FROM_ROOT = re.compile(r"(?:https?:)?//[^/?#]|/(?!/)")
_ORIGIN = re.compile(r"(?:[^/?#]*://[^/?#]*)?")


@functools.cache
def _words() -> dict[str, frozenset[str]]:
    traps = data.load_yaml("discovery.yaml")["traps"]
    return {name: frozenset(str(each).lower() for each in traps[name]) for name in ("ignored_parameters", "words")}


@functools.cache
def _limits() -> dict[str, int]:
    limits: dict[str, int] = data.load_yaml("discovery.yaml")["traps"]["limits"]
    return limits


def absolute(base: str, href: str, charset: str = "utf-8") -> str | None:
    """The absolute http(s) address of a link, or None for javascript:, mailto: and what cannot be read.

    Hrefs hold line breaks (CSRC), backslashes and blanks in real pages. As browsers do, what a query says in Chinese
    is asked in the page's own ``charset``; a path always in UTF-8.
    """
    href = _BREAKS.sub("", href).strip().replace("\\", "/")
    if "{" in href and _TEMPLATE.search(href):
        return None
    if not href or href.startswith(("#!", "javascript:", "mailto:", "tel:", "data:", "about:")):
        return None
    if _FROM_ROOT.match(href):  # a portal's navigation is the same on its every page
        return _absolute(_ORIGIN.match(base)[0], href, charset)  # type: ignore[index]
    return _resolved(base, href, charset)


@functools.lru_cache(maxsize=8192)
def _absolute(origin: str, href: str, charset: str) -> str | None:
    return _resolved(origin, href, charset)


def _resolved(base: str, href: str, charset: str) -> str | None:
    try:
        parts = urlsplit(urljoin(base, href))
        if parts.scheme not in _PORTS or not parts.hostname:
            return None
        _ = parts.port
    except ValueError:
        return None
    path = quote(parts.path, safe="/%:;=@!$&'()*+,~-._", errors="surrogateescape") or "/"
    query = quote(_bytes(parts.query, charset), safe="/%:;=@!$&'()*+,~-._?")
    keep = parts.fragment if _routes(parts.path, parts.fragment) else ""
    return urlunsplit((parts.scheme, parts.netloc.lower(), path, query, keep))


def _bytes(text: str, charset: str) -> bytes:
    try:
        return text.encode(charset)
    except UnicodeEncodeError:  # a character that the charset has not, or a byte that was none of UTF-8
        return text.encode("utf-8", "surrogateescape")


def _routes(path: str, fragment: str) -> bool:
    """Whether the fragment names the page (gkmlpt: /gkmlpt/annualreport#2629; what a script routes: /app/#/annual)."""
    return ("/gkmlpt/" in path and fragment.isdigit()) or (fragment.startswith("/") and len(fragment) > 1)


def in_viewer(url: str) -> str:
    """The document that an address has a viewer show (``web/viewer.html?file=/nb/2023.pdf``), else the address.

    What a viewer is given as its file is one whatever its address looks like (``file=%2Fdownload%3FfileId%3D7``).
    """
    if "?" not in url or "viewer" not in url.lower():
        return url
    parts = urlsplit(url)
    given = parse_qsl(parts.query) if _VIEWER.search(parts.path) else []
    shown = (
        value
        for name, value in given
        if _SHOWN.search(value) or (name.lower() == "file" and value.startswith(("/", "http:", "https:", "..")))
    )
    return next((address for value in shown if (address := absolute(url, value))), url)


_sessions: set[str] = set()


def ignore_parameters(names: Iterable[str]) -> None:
    """The parameters that this process's portal uses as session ids, beside those of data/discovery.yaml."""
    _sessions.clear()
    _sessions.update(name.lower() for name in names)
    canonical.cache_clear()


@functools.lru_cache(maxsize=16384)
def canonical(url: str) -> str:
    """The address under which a page is known once.

    Without scheme, www, port 80, session ids, tracking, parameter order.
    """
    parts = urlsplit(url)
    host = _bare_host(parts.hostname or "")
    port = parts.port
    if port and port != _PORTS.get(parts.scheme):
        host = f"{host}:{port}"
    path = _SESSION.sub("", parts.path)
    path = re.sub(r"/{2,}", "/", path) or "/"
    path = _WAP.sub("", _plain(path))
    if not parts.query:
        path = _INDEX.sub("/", path)
    ignored = _words()["ignored_parameters"]
    pairs = sorted(
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")
        if key.lower() not in ignored and key.lower() not in _sessions
    )
    query = f"?{urlencode(pairs, errors='surrogateescape')}" if pairs else ""
    fragment = f"#{parts.fragment}" if _routes(parts.path, parts.fragment) else ""
    return f"{host}{path}{query}{fragment}"


def _plain(path: str) -> str:
    """A path without its quotation; one in another charset than UTF-8 stays as it is."""
    try:
        return unquote(path, errors="strict")
    except UnicodeDecodeError:
        return path


def _bare_host(host: str) -> str:
    host = host.lower().rstrip(".")
    if host in _LOOPBACK:
        return "127.0.0.1"
    for prefix in ("www.", "wap.", "m."):
        if host.startswith(prefix) and host.count(".") >= 2:
            return host[len(prefix) :]
    return host


def host_of(url: str) -> str:
    """Host and port as one queue's name, "www.example.gov.cn" or "127.0.0.1:8000"."""
    parts = urlsplit(url)
    host, port = str(parts.hostname), parts.port
    host = f"[{host}]" if ":" in host else host
    return f"{host}:{port}" if port and port != _PORTS.get(parts.scheme) else host


def origin_of(url: str) -> str:
    """Scheme, host and port: what has a robots.txt of its own (RFC 9309, 2.3)."""
    return f"{urlsplit(url).scheme}://{host_of(url)}"


def shape(url: str) -> str:
    """The address with identifiers and numbers folded: pages of one template share it."""
    parts = urlsplit(url)
    path = _DIGITS.sub("0", _HEX.sub("h", parts.path))
    names = "&".join(sorted(key for key, _ in parse_qsl(parts.query, keep_blank_values=True)))
    return f"{parts.hostname}{path}?{names}"


def trap(url: str, *, words: bool = True) -> str | None:
    """Why an address leads nowhere (endless path, calendar, too long), or None.

    Without ``words`` only what is endless: a list may well be called search.jsp.
    """
    limits = _limits()
    if len(url) > limits["length"]:
        return "trap: address too long"
    parts = urlsplit(url)
    segments = [each for each in parts.path.lower().split("/") if each]
    if len(segments) > limits["segments"]:
        return "trap: path too deep"
    for each in set(segments):
        if len(each) > 1 and segments.count(each) > limits["repeats"]:
            return f"trap: path repeats /{each}/"
    names = [key.lower() for key, _ in parse_qsl(parts.query, keep_blank_values=True)]
    if len(names) > limits["parameters"]:
        return "trap: too many parameters"
    refused = _words()["words"] if words else frozenset()
    if refused.intersection(segments) or refused.intersection(names):
        return "trap: calendar, search or login"
    return None


@dataclass(frozen=True)
class Boundary:
    """The hosts that belong to a portal: its registered domain with all below it, and what the registry adds.

    An address given as an IP or a name without public suffix (loopback, tests) is a portal by itself: this host and
    port, with its
    subdomains.
    """

    domains: frozenset[str]
    port: int | None  # only this port, where the home page names one

    @classmethod
    def around(cls, home: str, hosts: list[str] | tuple[str, ...] = ()) -> Boundary:
        """The boundary of the portal with this home page."""
        parts = urlsplit(home)
        host = (parts.hostname or "").lower()
        registered = _SUFFIXES(host).top_domain_under_public_suffix
        own = registered or (host if _is_ip(host) else _bare_host(host))
        port = parts.port if parts.port and parts.port != _PORTS.get(parts.scheme) else None
        if not registered and port is None:
            port = _PORTS[parts.scheme] if _is_ip(host) else None
        names = _LOOPBACK if host in _LOOPBACK else {own}
        return cls(frozenset({*names, *(each.lower() for each in hosts)}), port)

    def holds(self, url: str) -> bool:
        """Whether a request to this address stays inside the portal."""
        return _holds(self, _ORIGIN.match(url)[0])  # type: ignore[index]

    def _holds_origin(self, origin: str) -> bool:
        try:
            parts = urlsplit(origin)
            port = parts.port or _PORTS.get(parts.scheme)
        except ValueError:
            return False
        if parts.scheme not in _PORTS or not parts.hostname or parts.username or parts.password:
            return False
        if self.port is not None and port != self.port:
            return False
        host = parts.hostname.lower().rstrip(".")
        return any(host == each or (host.endswith("." + each) and not _is_ip(each)) for each in self.domains)


@functools.lru_cache(maxsize=4096)
def _holds(boundary: Boundary, origin: str) -> bool:
    return boundary._holds_origin(origin)


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
