"""Web and mail addresses that the end of a line cuts in two, as programs do that break lines anywhere."""

from __future__ import annotations

import re

_BEGUN = re.compile(r"(?:https?:/{0,2}|www\.|[A-Za-z0-9._-]+@)[A-Za-z0-9./_-]*$")  # an address at the end of a line
_FINISHED = re.compile(r"\.(?:cn|com|net|org|edu|info)(?:/.*)?$")
_MAILBOX = re.compile(r"(?:箱|邮件|[Mm]ail)[:：]?\s*[A-Za-z0-9._-]+$")  # the first characters of one
_HOST = re.compile(r"[A-Za-z0-9._-]*@[A-Za-z0-9]")
_SCHEME = re.compile(r"(?<![A-Za-z0-9])(?:h|ht|htt|https?)$")


def is_one_address(first: str, second: str) -> bool:
    """Whether a line ends within a web or mail address that goes on in the next: gk5@x.gov|.cn, 邮箱：gk|5@x.gov.cn."""
    if begun := _BEGUN.search(first):
        return second[0] in "./@" or not _FINISHED.search(begun[0])
    if begun := _SCHEME.search(first):
        return (begun[0] + second).startswith(("http://", "https://"))
    return bool(_HOST.match(second) and _MAILBOX.search(first))
