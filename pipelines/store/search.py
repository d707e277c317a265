"""Searching Chinese: an index over character bigrams, ``detail=none``, that finds queries of one character and more.

``search`` holds the sections' text (rowid = ``section.id``), ``search_report`` the reports' titles and organs (rowid =
``report.seq``), ``search_organ`` the organs' names in every spelling, with pinyin and initials (rowid = ``organ.seq``).

A run of Chinese characters becomes a token for each character with its right neighbour, the last one alone: 行政复议
is 行政, 政复, 复议, 议. A query of one character is the prefix query ``复*``, a longer one the conjunction of its
bigrams. Positions are not kept: of a long query all bigrams stand in the text, in practice next to each other; where a
page must be certain, it checks with ``holds(text, query)``.
"""

from __future__ import annotations

import re
import unicodedata
from operator import add

# Unified ideographs with extensions and compatibility forms, and 〇, which years are written with.
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUNS = re.compile(f"[{_HAN}]+|[^\\W_{_HAN}]+")
_IS_HAN = re.compile(f"[{_HAN}]")


def tokens(text: str) -> str:
    """The text as the index holds it: bigrams and words, separated by spaces, full-width forms folded, lower case."""
    found: list[str] = []
    for run in _RUNS.findall(unicodedata.normalize("NFKC", text).lower()):
        if _IS_HAN.match(run):
            found.extend(map(add, run, run[1:]))
            found.append(run[-1])
        else:
            found.append(run)
    return " ".join(found)


def holds(text: str, query: str) -> bool:
    """Whether the text has every word of the query as it was typed. The index knows which characters are neighbours,
    but not that all of a long word's pairs stand in one place.
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    return all(run in folded for run in _RUNS.findall(unicodedata.normalize("NFKC", query).lower()))


def match_query(text: str) -> str:
    """What a person typed, as an FTS5 expression that finds it (for Datasette's ``escape_fts``).

    Nothing that is typed is syntax: quotes, brackets, ``AND`` and ``*`` are text. All words of a query must be there. A
    Latin word finds the words that begin with it (``qz`` finds the initials ``qzsrmzf``). A query without any letter or
    digit finds nothing: the expression is ``""``.
    """
    found: list[str] = []
    for run in _RUNS.findall(unicodedata.normalize("NFKC", text).lower()):
        if _IS_HAN.match(run) and len(run) > 1:
            found.extend(f'"{run[at : at + 2]}"' for at in range(len(run) - 1))
        else:
            found.append(f'"{run}"*')
    return " ".join(dict.fromkeys(found)) or '""'
