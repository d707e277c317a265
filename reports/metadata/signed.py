"""What stands under a report: the organ's name and the day, each in a line of its own."""

from __future__ import annotations

import re

from reports.characters import without_spaces
from reports.metadata.dates import read_date

_LONGEST_DATE_LINE = 80  # characters, most of them spaces
_DATED = re.compile(r"(?:[日时][期间][:：]?)?[\d二]")
_SIGNED = re.compile(r"[\u3400-\u9fff()]{3,40}")


def is_date_line(text: str) -> bool:
    """Whether a line is a date and nothing else: 2024年1月17日."""
    if len(text) > _LONGEST_DATE_LINE:
        return False
    stripped = without_spaces(text).strip("()（）").removesuffix("印发")
    if not 7 <= len(stripped) <= 14 or not _DATED.match(stripped) or stripped[-1] not in "日号月0123456789":
        return False
    read = read_date(stripped)
    return read is not None and read.month is not None  # 2024年第1号 is none


def is_signature(text: str) -> bool:
    """Whether a line could be the organ's name under a report."""
    return len(text) <= 45 and bool(_SIGNED.fullmatch(without_spaces(text))) and text.strip() != "无"
