"""``datapackage.json`` (Frictionless), ``CITATION.cff``, the licence note, the version with every file's digest."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from publish import codebook
from publish.export.shapes import Shape

TYPES = {"integer": "integer", "number": "number", "string": "string"}


def write(shapes: list[Shape], written: list[Path], folder: Path, version: str) -> list[Path]:
    """The files that say what the others are."""
    package = folder / "datapackage.json"
    names = {path.name for path in written}
    described = {
        "profile": "data-package", "name": "gongkai", "id": version, "version": version,
        "title": "政府信息公开工作年度报告数据集 · Yearly open-government reports of China",
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/",
        "title": "Creative Commons Attribution 4.0"}],
        "resources": [*(_resource(shape, folder) for shape in shapes if f"{shape.name}.csv" in names), *(
            _plain(path) for path in sorted(written, key=lambda path: path.name) if path.suffix != ".csv")],
    }  # fmt: skip
    package.write_text(json.dumps(described, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    citation, licence, digests = folder / "CITATION.cff", folder / "LICENCE.txt", folder / "VERSION.txt"
    citation.write_text(
        _CITATION.format(version=version, date=version[:10] if version[0].isdigit() else "2026-01-01"), encoding="utf-8"
    )
    licence.write_text(_LICENCE, encoding="utf-8")
    lines = [f"{version}\n"]
    for path in sorted([*written, package, citation, licence], key=lambda path: path.name):
        lines.append(f"{_digest(path)}  {path.name}\n")
    digests.write_text("".join(lines), encoding="utf-8")
    return [package, citation, licence, digests]


def _resource(shape: Shape, folder: Path) -> dict[str, Any]:
    path = folder / f"{shape.name}.csv"
    fields = []
    for field in shape.fields:
        entry: dict[str, Any] = {
            "name": field.name,
            "type": TYPES[field.kind],
            "title": f"{field.column.label} · {field.column.label_en}",
        }
        about = field.column.describe("en")
        if about:
            entry["description"] = about
        fields.append(entry)
    known = codebook.tables().get(shape.source)
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if shape.keys:
        schema["primaryKey"] = list(shape.keys)
    return {
        "profile": "tabular-data-resource", "name": shape.name, "path": path.name, "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8-sig",
        "title": f"{known.label} · {known.label_en}" if known else shape.name, "bytes": path.stat().st_size,
        "hash": f"sha256:{_digest(path)}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True,
        "header": True}, "schema": schema,
    }  # fmt: skip


def _plain(path: Path) -> dict[str, Any]:
    # Frictionless wants names of a-z, 0-9, -, _ and ., and no two alike.
    # No bytes and hash here: Frictionless cannot count those of files that are no tables. VERSION.txt has them.
    return {"name": path.name.lower().replace(".", "-"), "path": path.name, "format": path.suffix.lstrip("."),
            "profile": "data-resource"}  # fmt: skip


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


_CITATION = """cff-version: 1.2.0
message: If you use this data set, please cite it with its version.
type: dataset
title: "Gongkai: yearly open-government reports of China (政府信息公开工作年度报告数据集)"
version: "{version}"
date-released: "{date}"
license: CC-BY-4.0
authors:
  - name: gongkai contributors
"""
_LICENCE = """The compilation (tables, codebook, checks) is offered under CC BY 4.0: https://creativecommons.org/licenses/by/4.0/
The reports themselves are official documents of Chinese organs, published by law (政府信息公开条例, articles 49 and
50).
汇编成果（数据表、代码簿、核对结果）以 CC BY 4.0 提供；报告原文为行政机关依法公布的公文。

Text columns: where a portal's text begins with = + - @ or a control character, CSV and Excel files have an apostrophe
before it, so that a
spreadsheet does not run it as a formula. Parquet, Stata, SQLite and JSON Lines have the text as it stands.
"""
