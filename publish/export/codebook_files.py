"""``codebook.csv`` and ``codebook.html``, from the source that the site's headings come from."""

from __future__ import annotations

import csv
from html import escape
from pathlib import Path

from publish import codebook, summary
from publish.export.shapes import Shape

HEADER = ("file", "column", "type", "label", "label_en", "unit", "unit_en", "definition", "definition_en",
"form_table", "form_row",
          "form_column", "generations", "formula", "missing", "missing_en")  # fmt: skip


def lines(shapes: list[Shape]) -> list[tuple[str, ...]]:
    """A line a column of every file, and a line an indicator of the site (``indicators``, which is no file)."""
    described = [(shape.name, field.name, field.kind, field.column) for shape in shapes for field in shape.fields]
    described += [("indicators", each.code, "number", summary.entry(each)) for each in summary.indicators().values()]
    found: list[tuple[str, ...]] = []
    for file, name, kind, entry in described:
        found.append((
                file, name, kind, entry.label, entry.label_en, entry.unit, entry.unit_en,
                entry.note, entry.note_en,
                entry.form_table, entry.form_row, entry.form_column, " ".join(entry.generations), entry.formula,
                entry.missing, entry.missing_en,
            ))  # fmt: skip
    return found


def write(shapes: list[Shape], folder: Path, version: str) -> list[Path]:
    """Both files."""
    as_csv, as_html = folder / "codebook.csv", folder / "codebook.html"
    with as_csv.open("w", encoding="utf-8-sig", newline="") as written:
        writer = csv.writer(written)
        writer.writerow(HEADER)
        writer.writerows(lines(shapes))
    as_html.write_text(_html(shapes, version), encoding="utf-8")
    return [as_csv, as_html]


def _html(shapes: list[Shape], version: str) -> str:
    parts = [
        "<!DOCTYPE html><html lang='zh-CN'><head><meta charset='utf-8'><meta name='viewport' "
        "content='width=device-width'>",
        f"<title>代码簿 Codebook {escape(version)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>代码簿 Codebook</h1><p>数据版本 Data version "
        f"<b>{escape(version)}</b></p><p>{codebook.MISSING}<br>{codebook.MISSING_EN}</p><ul>",
        *(f"<li><a href='#{shape.name}'>{shape.name}</a> {escape(_title(shape))}</li>" for shape in shapes),
        "</ul>",
    ]
    for shape in shapes:
        known = codebook.tables().get(shape.source)
        about = f"<p>{escape(known.about)}<br>{escape(known.about_en)}</p>" if known else ""
        parts.append(f"<h2 id='{shape.name}'><code>{shape.name}</code> "
        f"{escape(_title(shape))}</h2>{about}<table><thead><tr>"
                     "<th>列 Column<th>类型 Type<th>名称 Label<th>单位 Unit<th>定义 Definition<th>格式 Forms<th>公式 "
                     "Formula</tr></thead><tbody>")  # fmt: skip
        for field in shape.fields:
            entry = field.column
            parts.append(
                f"<tr>"
                f"<td>"
                f"<code>"
                f"{field.name}</code>"
                f"<td>{field.kind}<td>{escape(entry.label)}<br><small>{escape(entry.label_en)}</small>"
                f"<td>"
                f"{escape(entry.unit)}<br>"
                f"<small>"
                f"{escape(entry.unit_en)}</small><td>{escape(entry.note)}<br><small>{escape(entry.note_en)}</small>"
                f"<td>{' '.join(entry.generations)}<td><small>{escape(entry.formula)}</small></tr>"
            )
        parts.append("</tbody></table>")
    parts.append("<h2 id='indicators'>指标 Indicators</h2><table><thead><tr><th>指标 Indicator<th>名称 Label"
                 "<th>单位 Unit<th>定义 Definition<th>公式 Formula</tr></thead><tbody>")  # fmt: skip
    for each in map(summary.entry, summary.indicators().values()):
        parts.append(
            f"<tr><td><code>{each.code}</code><td>{escape(each.label)}<br><small>{escape(each.label_en)}</small>"
            f"<td>{escape(each.unit)}<br><small>{escape(each.unit_en)}</small>"
            f"<td>{escape(each.note)}<br><small>{escape(each.note_en)}</small>"
            f"<td><small>{escape(each.formula)}</small></tr>"
        )
    parts.append("</tbody></table>")
    return "\n".join(parts) + "</body></html>\n"


def _title(shape: Shape) -> str:
    known = codebook.tables().get(shape.source)
    return f"{known.label} · {known.label_en}" if known else shape.name


_STYLE = (
    "body{font:15px/1.6 'Noto Sans CJK SC','Source Han Sans SC','PingFang "
    "SC',sans-serif;max-width:1100px;margin:2rem auto;padding:0 1rem;color:#1d2529}"
    "table{border-collapse:collapse;width:100%;font-size:14px}th,"
    "td{text-align:left;vertical-align:top;border-bottom:1px solid #dfdcd2;padding:.3rem .6rem}"
    "small{color:#5d6468}h2{margin-top:2.5rem}"
)
