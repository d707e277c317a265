"""Traditional characters (big5 gates, Hong Kong mirrors) of our vocabulary as simplified ones. ``data/titles.yaml``."""

from __future__ import annotations

import functools
import re

import data


@functools.cache
def _traditional() -> dict[int, str]:
    return {ord(pair[0]): pair[1] for pair in data.load_yaml("titles.yaml")["traditional"].split()}


@functools.cache
def traditional_marks() -> re.Pattern[str]:
    """Finds any of the traditional characters that ``simplified`` maps."""
    return re.compile("[" + "".join(map(chr, _traditional())) + "]")


def simplified(text: str) -> str:
    """The text with the traditional characters of our vocabulary as simplified ones; nothing else is touched."""
    text = text.translate(_traditional())
    return text.replace("资讯公开", "信息公开") if "资讯" in text else text
