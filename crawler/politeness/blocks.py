"""Recognises answers that refuse.

Challenge pages by data/blocks.yaml, soft 404s, shells that need a browser; and reads Retry-After.
"""

from __future__ import annotations

import functools
import re
import time
from email.utils import parsedate_to_datetime
from typing import Any

import data
from crawler.address import Boundary, canonical
from crawler.discovery.links import Page

_HEAD = 8000  # bytes of a body in which words are looked for
_APPLICATION = re.compile(r"<script\b[^>]*\bsrc\s*=", re.I)
_NO_SCRIPT = re.compile(r"<noscript\b.*?</noscript>", re.S | re.I)


def challenge(status: int, cookies: str, body: bytes, *, shown: bool = False) -> str | None:
    """The kind of challenge that an answer is (jsl, ruishu, captcha …), or None.

    ``cookies`` is all Set-Cookie headers as text; ``shown``: the body is what a browser made of the page.
    """
    if status == 200 and len(body) > 40_000:
        return None
    text: str | None = None
    for rule in _rules(status):
        if _may_hold(rule, cookies, body) and (shown or not rule.get("shown")):
            text = _said(_text(body[:_HEAD]), shown) if text is None else text
            if _holds(rule, status, text):
                return str(rule["kind"])
    return None


@functools.lru_cache(maxsize=64)
def _rules(status: int) -> tuple[dict[str, Any], ...]:
    """Those that an answer of this status may fulfil."""
    # a firewall's cookie beside a redirect or a page that is not there refuses nothing
    answered = not (300 <= status < 400 or status in (404, 410))
    rules = data.load_yaml("blocks.yaml")["challenges"]
    return tuple(rule for rule in rules if (status in rule["status"] if "status" in rule else answered))


def _may_hold(rule: dict[str, Any], cookies: str, body: bytes) -> bool:
    """What a rule says of length and cookies."""
    if "shorter" in rule and len(body) >= rule["shorter"]:
        return False
    return "cookie" not in rule or any(name in cookies for name in rule["cookie"])


def _holds(rule: dict[str, Any], status: int, text: str) -> bool:
    """What it says of the words."""
    for word in rule.get("body", ()):  # no all(): nearly every rule ends at its first word, on every page
        if word not in text:
            return False
    if any(word in text for word in rule.get("without", ())):
        return False
    # a form that asks for a code, or a firewall's script, on a page that has its own content is no refusal
    links = rule.get("links_fewer")
    return links is None or status >= 400 or text.lower().count("<a ") < links


def _said(text: str, shown: bool) -> str:
    """What a page says; of an application that a browser has shown, what it says to one without scripts is no part."""
    return _NO_SCRIPT.sub("", text) if shown and _APPLICATION.search(text) else text


def _text(head: bytes) -> str:
    """The beginning of a body: in UTF-8, or in GB 18030 where it is none; a character cut in two does not count."""
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:
            return head.decode("gb18030", "replace")
    return head.decode("utf-8", "replace")


def soft_404(title: str, text: str) -> bool:
    """A page of status 200 that says that there is none."""
    rule = data.load_yaml("blocks.yaml")["soft_404"]
    if len(text) >= rule["shorter"]:
        return False
    if any(phrase in text for phrase in rule["phrases"]):
        return True
    return any(word in title for word in rule["titles"]) and len(title) < 24


def outage(home: Page, boundary: Boundary) -> bool:
    """Whether a home page of status 200 says that its portal is shut for a while, and leads nowhere in it."""
    rule = data.load_yaml("blocks.yaml")["outage"]
    if home.redirect or len(home.text) >= rule["shorter"] or not any(word in home.text for word in rule["words"]):
        return False
    own = canonical(home.url)
    return not any(boundary.holds(link.url) and canonical(link.url) != own for link in home.links)


def empty_shell(text: str, visible: int) -> bool:
    """A page that holds nothing until a browser has run its scripts."""
    rule = data.load_yaml("blocks.yaml")["empty_shell"]
    return visible < rule["text_shorter"] and any(word in text for word in rule["roots"])


def may_be_shell(body: bytes) -> bool:
    """A quick look at the bytes before a page is read for it."""
    return any(root in body for root in _roots())


@functools.cache
def _roots() -> tuple[bytes, ...]:
    return tuple(word.encode() for word in data.load_yaml("blocks.yaml")["empty_shell"]["roots"])


def refusals() -> int:
    """How many refusals in a row mean that a host refuses."""
    return int(data.load_yaml("blocks.yaml")["refusals"])


def faults(kind: str) -> int:
    """How many faults of a kind (silent, error, overload) in a row mean that a host is to be left alone."""
    return int(data.load_yaml("blocks.yaml")["faults"][kind])


def retry_after(value: bytes | None, now: float | None = None) -> float | None:
    """Seconds to wait as a Retry-After header says, in seconds or as a date; None where it says nothing readable."""
    if not value:
        return None
    text = value.decode("latin-1").strip()
    if text.isdecimal():
        return float(text[:12])
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return max(0.0, moment.timestamp() - (time.time() if now is None else now))
