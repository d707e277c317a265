"""Stata 118 (UTF-8): variable labels in Chinese with units, value labels for verdict, kind, level and scope.

Names have at most 32 characters, labels 80: longer names are shortened, and the codebook beside the files
(``stata_names.csv``)
says which is which.
"""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path
from typing import Any

import pandas
import pyreadstat

import data
from publish import codebook
from publish.export.shapes import IN_STATA, Field, Shape

CODED = {
    "verdict": ("verified", "inconsistent", "incomplete", "unreadable"),
    "kind": tuple(kind["code"] for kind in data.load_yaml("organs.yaml")["kinds"]),
    "level": ("nation", "province", "prefecture", "county", "township"),
    "scope": ("organ", "jurisdiction"),
}
_SHORTER = (("applications_", "ap_"), ("proactive_", "pr_"), ("review_", "rv_"), ("not_processed", "notproc"),
("unavailable", "unav"),
            ("natural_person", "person"), ("social_organisation", "social"), ("other_organisation", "otherorg"),
            ("legal_service", "legal"),
            ("administrative_query", "admquery"), ("deliberative_process", "deliber"), ("security_stability",
            "security"),
            ("prohibited_by_law", "bylaw"), ("third_party_rights", "thirdparty"), ("internal_affairs", "internal"),
            ("enforcement_file", "enforce"),
            ("reconfirmation", "reconf"), ("needs_creation", "create"), ("normative_documents", "normdoc"),
            ("suit_after_review", "suitafter"),
            ("other_service", "othserv"), ("research", "resrch"), ("publication", "publ"))  # fmt: skip


def write(connection: sqlite3.Connection, shapes: list[Shape], folder: Path, version: str) -> list[Path]:
    """``NAME.dta`` for the panel, the balanced panel and the figures, and the list of shortened names."""
    written = []
    shortened: list[tuple[str, str, str]] = []
    for shape in shapes:
        if shape.name not in IN_STATA:
            continue
        path = folder / f"{shape.name}.dta"
        names = _names(shape.fields)
        shortened += [
            (shape.name, field.name, name)
            for field, name in zip(shape.fields, names, strict=True)
            if field.name != name
        ]
        _write(connection, shape, names, path, version)
        written.append(path)
    listing = folder / "stata_names.csv"
    with listing.open("w", encoding="utf-8-sig", newline="") as lines:
        csv.writer(lines).writerows([("file", "column", "stata_name"), *shortened])
    return [*written, listing]


def _write(connection: sqlite3.Connection, shape: Shape, names: list[str], path: Path, version: str) -> None:
    rows = shape.rows(connection).fetchall()
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(shape.fields)
    frame: dict[str, Any] = {}
    value_labels: dict[str, dict[int | float, str]] = {}
    for field, name, values in zip(shape.fields, names, columns, strict=True):
        if field.name in CODED:
            # What a later release of the store may add (a new kind) gets the next numbers, in their order.
            known = [
                *CODED[field.name],
                *sorted({value for value in values if value is not None} - set(CODED[field.name])),
            ]
            numbers = {code: number for number, code in enumerate(known, 1)}
            frame[name] = pandas.Series([numbers.get(value) for value in values], dtype="float64")
            value_labels[name] = {
                number: f"{codebook.value_label(code, 'zh')} {code}" for code, number in numbers.items()
            }
        elif field.kind == "string":
            frame[name] = pandas.Series(["" if value is None else str(value) for value in values], dtype="object")
        else:
            frame[name] = pandas.Series(list(values), dtype="float64")
    labels: list[str | None] = [_label(field) for field in shape.fields]
    pyreadstat.write_dta(
        pandas.DataFrame(frame),
        str(path),
        file_label=f"Gongkai {version}"[:80],
        column_labels=labels,
        variable_value_labels=value_labels,
        version=14,
    )
    _without_clock(path)


def _without_clock(path: Path) -> None:
    """The writing time, which a .dta carries in its header, set to a fixed one: the same data gives the same bytes."""
    content = path.read_bytes()
    start = content.index(b"<timestamp>") + len(b"<timestamp>")
    length = content[start]
    fixed = b"01 Jan 2000 00:00"
    if length == len(fixed):
        path.write_bytes(content[: start + 1] + fixed + content[start + 1 + length :])


def _label(field: Field) -> str:
    """Chinese label with its unit, at most 80 characters."""
    label = field.column.label + (f"（{field.column.unit}）" if field.column.unit else "")
    return label if len(label) <= 80 else label[:79] + "…"


def _names(fields: tuple[Field, ...]) -> list[str]:
    found: list[str] = []
    for field in fields:
        name = field.name
        for long, short in _SHORTER:
            if len(name) <= 32:
                break
            name = name.replace(long, short)
        name = name[:32]
        at = 2
        while name in found:
            name = f"{name[:30]}{at:02d}"
            at += 1
        found.append(name)
    return found
