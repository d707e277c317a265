"""Documents of a few lines, and what is told of them."""

from __future__ import annotations

from typing import Any

from reports.document import Cell, Document, Grid, Paragraph
from reports.metadata import Description, Hints, describe

OPENING = "本报告根据条例编制，统计期限自2024年1月1日起至12月31日止。"
BODY = [
    "一、总体情况",
    "2024年，我局收到政府信息公开申请3件。",
    "二、主动公开政府信息情况",
    "六、其他需要报告的事项",
    "无。",
]


def grid(*rows: list[str]) -> Grid:
    return Grid(0, [[Cell(text, r, c) for c, text in enumerate(row)] for r, row in enumerate(rows)])


def page(*parts: str | Grid, **more: Any) -> Document:
    flow = [Paragraph(part, at) if isinstance(part, str) else part for at, part in enumerate(parts)]
    return Document("html", flow=flow, **more)


def read(*parts: str | Grid, hints: Hints | None = None, **more: Any) -> Description:
    return describe(page(*parts, **more), hints)
