"""From bytes to text, whatever the page declares."""

from __future__ import annotations

import re

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.I)


def decode(body: bytes, content_type: str = "") -> str:
    """The text of a page."""
    return decoded(body, content_type)[0]


def decoded(body: bytes, content_type: str = "") -> tuple[str, str]:
    """The text of a page, and the charset in which its links' queries are asked.

    Bytes that are UTF-8 are UTF-8 whatever header and meta say; else the declared charset, else GB18030.
    """
    if body.startswith(b"\xef\xbb\xbf"):
        return body[3:].decode("utf-8", "replace"), "utf-8"
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace"), "utf-8"
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if error.start > len(body) - 4:  # cut within a character
            return body.decode("utf-8", "replace"), "utf-8"
    declared = [
        match.decode("ascii").lower()
        for match in _CHARSET.findall(content_type.encode("latin-1", "replace") + b" " + body[:4096])
    ]
    for name in [*(each for each in declared if each.startswith(("gb", "big5"))), "gb18030"]:
        try:
            charset = "gb18030" if name.startswith("gb") else name
            return body.decode(charset), charset
        except (UnicodeDecodeError, LookupError):
            continue
    best = max(("utf-8", "gb18030"), key=lambda name: -body.decode(name, "replace").count("\ufffd"))
    return body.decode(best, "replace"), best
