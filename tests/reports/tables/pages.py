"""Small pages around bent tables, whose figures are known."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from demo.figures import Figures
from demo.layout import Layout, layout
from demo.render.html import spans
from reports import extract
from reports.forms import TABLES
from reports.record import Record, Table

HEADINGS: dict[Table, str] = {
    "proactive": "二、主动公开政府信息情况",
    "applications": "三、收到和处理政府信息公开申请情况",
    "review": "四、政府信息公开行政复议、行政诉讼情况",
}
Bend = Callable[[Table, Layout], list[Layout]]


def table_html(rows: Layout) -> str:
    lines = []
    for row in rows:
        cells = "".join(f"<td{spans(cell)}>{escape(cell.text).replace(chr(10), '<br>')}</td>" for cell in row)
        lines.append(f"<tr>{cells}</tr>")
    return f"<table>{''.join(lines)}</table>"


def body(figures: Figures, bend: Bend | None = None) -> str:
    parts = ["<p>一、总体情况</p><p>本机关按照要求做好各项工作。</p>"]
    for table in TABLES:
        parts.append(f"<p>{HEADINGS[table]}</p>")
        if table in figures.generations:
            drawn = layout(table, figures)
            parts += [table_html(piece) for piece in (bend(table, drawn) if bend else [drawn])]
    return (
        "".join(parts) + "<p>五、存在的主要问题及改进情况</p><p>仍需努力。</p><p>六、其他需要报告的事项</p><p>无。</p>"
    )


def page(content: str, title: str = "青山县民政局2023年政府信息公开工作年度报告") -> bytes:
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{content}</body></html>".encode()


def read(figures: Figures, bend: Bend | None = None) -> Record:
    (record,) = extract(page(body(figures, bend)), name="page.html")
    return record


def differences(record: Record, figures: Figures) -> list[tuple[str, object, object]]:
    """Figures that are not as known: what, expected, read."""
    wrong: list[tuple[str, object, object]] = []
    for table in ("proactive", "review"):
        if table in figures.generations:
            found = getattr(record, table) or {}
            for key, value in figures.table(table).items():
                if key not in found or found[key] != value:
                    wrong.append((key, value, found.get(key, "absent")))
    if "applications" in figures.generations:
        rows = record.applications or {}
        for row, columns in figures.applications().items():
            for column, value in columns.items():
                if rows.get(row, {}).get(column, "absent") != value:
                    wrong.append((f"{row}.{column}", value, rows.get(row, {}).get(column, "absent")))
    return wrong
