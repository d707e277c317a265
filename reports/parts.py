"""Where on a page that holds several reports each begins, and whether further tables are a report of their own."""

from __future__ import annotations

import itertools
from dataclasses import replace

from reports.document import Document, Grid, Paragraph
from reports.tables.instances import Tables
from reports.title import read_title
from reports.years import names_several


def parts_of(document: Document, found: list[Tables]) -> list[Document]:
    """The document cut into its reports: each begins at its own title, which stands above its first table."""
    if len(found) == 1:
        return [document]
    whole = found[0].flow or document.flow
    starts = [0]
    for before, after in itertools.pairwise(found):
        starts.append(_start(whole, before.last + 1, after.first))
    parts = [_first(document, whole, starts[1])]
    for start, end in itertools.pairwise([*starts[1:], len(whole)]):
        parts.append(replace(document, flow=whole[start:end], title="", headings=[]))
    return parts


def _first(document: Document, whole: list[Paragraph | Grid], end: int) -> Document:
    """The page's first report; a title of all its years (2019年至2021年…) is not that of the one that it holds."""
    headings = _headings_above(document, whole, end)
    part = replace(document, flow=whole[:end], headings=headings)
    own = (each for each in part.paragraphs if len(each.text) <= 80 and read_title(each.text).kind == "report")
    if any(map(names_several, [document.title, *headings])) and not all(names_several(each.text) for each in own):
        part.title = "" if names_several(document.title) else document.title
        part.headings = [each for each in headings if not names_several(each)]
        part.flow = [
            each
            for each in part.flow
            if not (isinstance(each, Paragraph) and len(each.text) <= 80 and names_several(each.text))
        ]
    return part


def _headings_above(document: Document, whole: list[Paragraph | Grid], end: int) -> list[str]:
    """The page's headings without those of its further reports, which would else lend the first one their titles."""
    lines = [
        {line for part in flow if isinstance(part, Paragraph) for line in part.text.split("\n")}
        for flow in (whole[:end], whole[end:])
    ]
    own, others = lines
    return [text for text in document.headings if (first := text.split("\n")[0]) in own or first not in others]


def is_report_of_its_own(part: Document) -> bool:
    """A second set of tables on a page is a report where it has sections; else it is an appendix to the first."""
    headings = sum(
        any(phrase in each.text for phrase in ("总体情况", "存在的主要问题", "存在问题", "需要报告的事项"))
        for each in part.paragraphs
        if len(each.text) <= 60
    )
    return headings >= 1


def _start(flow: list[Paragraph | Grid], after: int, before: int) -> int:
    """Where the next report begins between two tables: at its title, else at its first section, else at its table."""
    section = None
    for place in range(after, before):
        part = flow[place]
        if not isinstance(part, Paragraph) or len(part.text) > 80:
            continue
        if read_title(part.text).kind == "report":
            return place
        if section is None and "总体情况" in part.text:
            section = place
    return section if section is not None else before
