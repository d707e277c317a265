"""Boxes that are too small for what stands in them, and hide what goes beyond."""

from __future__ import annotations

import re

from reports.readers.html.seen.rare_styles import ZERO

_NO_ROOM = re.compile(r"(?:^|;)\s*(?:max-)?(?:height|width)\s*:\s*0(?:\.0*)?(?:px|pt|em|%)?\s*(?:!|;|$)")
_CUT_OFF = re.compile(r"(?:^|;)\s*overflow(?:-[xy])?\s*:\s*(?:hidden|clip)\b")
_INDENTED_AWAY = re.compile(r"(?:^|;)\s*text-indent\s*:\s*(?:[1-9]\d\d%|\d{4,}px)")
_ONE_POINT = re.compile(r"(?:^|;)\s*(?:height|width)\s*:\s*1px")  # for screen readers only
_TAKEN_OUT = re.compile(r"(?:^|;)\s*position\s*:\s*(?:absolute|fixed)\b")
_SIDE = r"(?:(?:max-)?(?:width|height|(?:inline|block)-size))"
#: Little room: a figure, or some of its digits, is cut off. ``width:1ch``; ``height:calc(0px)``.
_NARROW = re.compile(
    rf"(?:^|[;\s]){_SIDE}\s*:\s*(?:\d?(?:\.\d+)?(?:px|pt)|[0-2]?(?:\.\d+)?(?:r?em|ch|ex|ic)|0+|(?:calc|min|max|clamp)\(.*{ZERO})"
    r"\s*(?:[;!),]|$)|(?:^|[;\s])text-indent\s*:\s*-\d{2}|(?:^|[;\s])line-height\s*:\s*0*(?:\.[0-3]\d*)?(?:px|em|%)?\s*(?:[;!]|$)"
)
_CUTS = re.compile(r"(?:^|[;\s])overflow(?:-[xy]|-inline|-block)?\s*:\s*(?:hidden|clip|auto|scroll)\b")


def cuts(style: str) -> bool:
    """Whether a lower-case style leaves its element no room at all, so that nothing of it is seen."""
    return _CUT_OFF.search(style) is not None and (
        _NO_ROOM.search(style) is not None
        or _INDENTED_AWAY.search(style) is not None
        or (_ONE_POINT.search(style) is not None and _TAKEN_OUT.search(style) is not None)
    )


def may_cut(style: str) -> bool:
    """Whether a lower-case style leaves its element too little room for a figure: some digits may be cut off."""
    return _CUTS.search(style) is not None and _NARROW.search(style) is not None
