"""Labels of table 2 that name the kind and what is counted of it in one: 规章本年制发件数."""

from __future__ import annotations

import functools
import re

from reports.tables.labels import exact_labels, fold, spellings_of

_LONGEST = 48  # characters of kind and figure together


@functools.cache
def _kinds() -> re.Pattern[str]:
    """A kind at the beginning of a folded text, perhaps behind its number."""
    known = "|".join(sorted(spellings_of("kind", None), key=len, reverse=True))
    return re.compile(rf"(?:[0-9]{{1,2}}|[一二三四五六七八九十])?({known})")


@functools.lru_cache(maxsize=1024)
def kind_and_figure(text: str) -> tuple[str, str] | None:
    """Kind and figure of a text that names both; None of another one."""
    if len(text) > _LONGEST or (found := _kinds().match(fold(text))) is None:
        return None
    last = found[1][-1]
    for at in (place.end() for place in re.finditer(re.escape(last), text)):
        if fold(text[:at]) == found[0] and any(label.kind == "figure" for label in exact_labels(text[at:])):
            return found[1], text[at:]
    return None


def tells_kind_and_figure(text: str) -> bool:
    """Whether a text names both, perhaps with the value behind them: 规章本年制发件数：3."""
    label, colon, _ = text.replace("：", ":").rpartition(":")
    return kind_and_figure(label if colon else text) is not None
