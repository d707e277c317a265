"""Numbers as sentences write them: 1,136, 5万余, 三, 十二, 两."""

from __future__ import annotations

import re

from reports.numerals import NUMERALS, chinese
from reports.record import Number

#: A number inside a sentence without white space; the group is replaced into the patterns of ``data/narrative.yaml``.
#: 第3件 is a place in a row, 数十件 and 百余件 are no numbers, 无一件 is none.
PATTERN = (
    r"(?:约|近|超过?|达|多达)?"
    r"(?:(?<![第\d])(?P<n>\d[\d,]*(?:\.\d+)?(?:万|千)?)"
    rf"|(?<![第数几无\d{NUMERALS}])(?<!没有)(?![百千万])(?P<c>[{NUMERALS}]+))(?:余|多)?"
)


def value(match: re.Match[str]) -> Number | None:
    """The number that a match of ``PATTERN`` states; 余, 约 and 近 stay in its raw text."""
    words = match.groupdict()
    if words["n"] is None:
        return chinese(words["c"])
    text = words["n"].replace(",", "")
    number = float(text.rstrip("万千")) * {"万": 10000, "千": 1000}.get(text[-1], 1)
    return int(number) if number == int(number) else number
