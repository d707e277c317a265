"""Recognises answers that refuse.

Challenge pages by data/blocks.yaml, soft 404s, shells that need a browser; and reads Retry-After.
"""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime

import data


def challenge(status: int, cookies: str, body: bytes) -> str | None:
    """The kind of challenge that an answer is (jsl, ruishu, captcha …), or None.

    ``cookies`` is all Set-Cookie headers as text.
    """
    if status == 200 and len(body) > 40_000:
        return None
    text: str | None = None
    for rule in data.load_yaml("blocks.yaml")["challenges"]:
        if "status" in rule and status not in rule["status"]:
            continue
        if "shorter" in rule and len(body) >= rule["shorter"]:
            continue
        if "cookie" in rule and not any(name in cookies for name in rule["cookie"]):
            continue
        if "body" in rule or "without" in rule:
            text = body[:8000].decode("utf-8", "replace") if text is None else text
            if not all(word in text for word in rule.get("body", [])):
                continue
            if any(word in text for word in rule.get("without", [])):
                continue
        if "status" not in rule and "body" not in rule and status == 200 and len(body) > 3000:
            continue  # a cookie of a firewall beside a full page is no refusal
        return str(rule["kind"])
    return None


def soft_404(title: str, text: str) -> bool:
    """A page of status 200 that says that there is none."""
    rule = data.load_yaml("blocks.yaml")["soft_404"]
    if len(text) >= rule["shorter"]:
        return False
    if any(phrase in text for phrase in rule["phrases"]):
        return True
    return any(word in title for word in rule["titles"]) and len(title) < 24


def empty_shell(text: str, visible: int) -> bool:
    """A page that holds nothing until a browser has run its scripts."""
    rule = data.load_yaml("blocks.yaml")["empty_shell"]
    return visible < rule["text_shorter"] and any(word in text for word in rule["roots"])


def refusals() -> int:
    """How many refusals in a row mean that a host refuses."""
    return int(data.load_yaml("blocks.yaml")["refusals"])


def retry_after(value: bytes | None, now: float | None = None) -> float | None:
    """Seconds to wait as a Retry-After header says, in seconds or as a date; None where it says nothing readable."""
    if not value:
        return None
    text = value.decode("latin-1").strip()
    if text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return max(0.0, moment.timestamp() - (time.time() if now is None else now))
