"""Reports as files: HTML in several hands, PDF, Word. Each module takes a ``demo.writing.Report``."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from demo.layout import Layout, layout
from demo.writing import Report
from reports.record import Table

#: A change to a drawn table before it is printed (cut, unmerged, misspelt); the gold corpus brings its own.
Bend = Callable[[Table, Layout], Layout]


def parts(report: Report, bend: Bend | None = None) -> Iterator[tuple[str, str | Layout]]:
    """The report in reading order: ("p", text), ("h", heading), ("sub", （一）…), ("table", layout), ("sign", text)."""
    for text in report.opening:
        yield "p", text
    for section in report.sections:
        yield "h", section.heading
        for text in section.paragraphs:
            yield ("sub" if text.startswith("（") else "p"), text
        if section.table == "statistics":
            yield "table", statistics_layout(report)
        elif section.table is not None and report.figures is not None:
            drawn = layout(section.table, report.figures)
            yield "table", bend(section.table, drawn) if bend else drawn
    for text in report.closing:
        yield "p", text
    yield "sign", report.organ.name
    yield "sign", f"{report.published.year}年{report.published.month}月{report.published.day}日"


def statistics_layout(report: Report) -> Layout:
    """The 统计表 of 2014-2018 as a table of three columns."""
    from demo.layout import Td

    rows: Layout = [[Td("统 计 指 标"), Td("单位"), Td("统计数")]]
    for label, unit, value in report.statistics:
        rows.append([Td(label), Td(unit), Td("" if value is None else str(value))])
    return rows
