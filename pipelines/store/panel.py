"""The panel: one row an organ and year with totals, rates and lateness, precomputed, as ``data/panel.yaml`` defines."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import data
from reports.forms import figures

SHARE = ("比率", "share of 1")
CHANGE = ("增长率", "change, share of 1")
PER_100 = ("每百件", "per 100 decisions")
CONTACT_PARTS = ("name", "address", "postcode", "phone or fax", "e-mail or website")  # what a contact can have


@dataclass(frozen=True, slots=True)
class PanelColumn:
    """A count or a rate of the panel, for the codebook. ``formula`` in words of the codes."""

    code: str
    label: str
    label_en: str
    unit: str
    unit_en: str
    formula: str
    type: str
    expression: str  # SQL over figures AS f and report AS r (counts), or over the counts themselves (rates)
    numerator: str = ""  # of a rate: SQL over the panel's own columns, blanks filled as the definition says
    denominator: str = ""


# Every figure of the three tables is 0 or left blank.
_NO_FIGURE = "(" + " AND ".join(f"COALESCE(f.{each.code}, 0) = 0" for each in figures()) + ")"
_LABELS = (
    ("organ", "TEXT NOT NULL REFERENCES organ(id)", "r.organ"),
    ("organ_name", "TEXT NOT NULL", "o.name"),
    ("kind", "TEXT NOT NULL", "o.kind"),
    ("level", "TEXT", "o.level"),
    ("division", "TEXT REFERENCES division(code)", "o.division"),
    ("division_name", "TEXT", "d.full_name"),
    ("prefecture", "TEXT REFERENCES division(code)",
     "CASE d.level WHEN 'prefecture' THEN d.code WHEN 'county' THEN d.parent END"),
    ("province", "TEXT REFERENCES division(code)", "d.province"),
    ("province_name", "TEXT", "p.name"),
    ("portal", "TEXT NOT NULL REFERENCES portal(id)", "r.portal"),
    ("year", "INTEGER NOT NULL", "r.year"),
    ("verdict", "TEXT NOT NULL", "r.verdict"),
    ("scope", "TEXT", "r.scope"),
    ("form_applications", "TEXT", "r.form_applications"),
    ("published", "TEXT", "r.published"),
    ("statutory_date", "TEXT", "r.statutory_date"),
    ("days_late", "INTEGER", "r.days_late"),
    ("late", "INTEGER", "CASE WHEN r.days_late IS NULL THEN NULL ELSE r.days_late > 0 END"),
    ("version", "INTEGER NOT NULL", "r.version"),
    ("gone_since", "TEXT", "r.gone_since"),
    ("failed_checks", "INTEGER NOT NULL", "r.failed_checks"),
    ("warnings", "INTEGER NOT NULL", "r.warnings"),
    ("text_length", "INTEGER NOT NULL", "r.text_length"),
    ("similarity", "REAL", "r.similarity"),
    ("contact_parts", "INTEGER",
     "CASE WHEN r.verdict <> 'unreadable' THEN COALESCE(c.name <> '', 0) + COALESCE(c.address <> '', 0) + "
     "COALESCE(c.postcode <> '', 0) + COALESCE(c.phones <> '[]' OR c.faxes <> '[]', 0) + "
     "COALESCE(c.emails <> '[]' OR c.websites <> '[]', 0) END"),
    ("all_zero", "INTEGER", f"CASE WHEN r.verdict IN ('verified', 'inconsistent') THEN {_NO_FIGURE} END"),
)  # fmt: skip


@functools.cache
def columns() -> tuple[PanelColumn, ...]:
    """The counts, then the rates."""
    known = data.load_yaml("panel.yaml")
    return (*(_count(each) for each in known["counts"]), *(_rate(each) for each in known["rates"]))


def _count(each: dict[str, object]) -> PanelColumn:
    parts = [str(part) for part in each["sum"]]  # type: ignore[attr-defined]
    if each.get("last_year"):
        # Its own verdict says whether a blank was a 0.
        expression = f"CASE WHEN before.verdict = 'verified' THEN COALESCE(b.{parts[0]}, 0) ELSE b.{parts[0]} END"
        parts = [f"{parts[0]} (t-1)"]
    elif len(parts) == 1:
        expression = f"f.{parts[0]}"
    else:
        # A blank part is 0 where the report's own sums prove it (verified), and leaves the sum unknown elsewhere;
        # rows of the other generation are not parts. All blank stays blank.
        some = "COALESCE(" + ", ".join(f"f.{part}" for part in parts) + ") IS NOT NULL"
        total = " + ".join(f"COALESCE(f.{part}, 0)" for part in parts)
        expression = f"CASE WHEN {some} AND (r.verdict = 'verified' OR NOT {_blank_among(parts)}) THEN {total} END"
    return PanelColumn(
        code=str(each["code"]), label=str(each["label"]), label_en=str(each["label_en"]), unit=str(each["unit"]),
        unit_en=str(each["unit_en"]), formula=" + ".join(parts), type="REAL" if each.get("decimals") else "INTEGER",
        expression=expression,
    )  # fmt: skip


def _blank_among(parts: list[str]) -> str:
    generations = {"applications_other_outcome_total": "'2019'"} | dict.fromkeys(
        [f"applications_{row}_total" for row in ("other_not_corrected", "other_fee_unpaid", "other_other")], "'2021'"
    )  # fmt: skip
    tests = [
        f"(f.{part} IS NULL AND r.form_applications = {generations[part]})"
        if part in generations
        else f"f.{part} IS NULL"
        for part in parts
    ]
    return "(" + " OR ".join(tests) + ")"


def _rate(each: dict[str, object]) -> PanelColumn:
    of, over = str(each["of"]), list(each["over"])  # type: ignore[call-overload]
    of_less, less = (list(each.get(key, [])) for key in ("of_less", "less"))  # type: ignore[call-overload]
    scale = each.get("scale", 1)
    above = of + "".join(f" - {part}" for part in of_less)
    below = " + ".join(over) + "".join(f" - {part}" for part in less)
    numerator = filled(of) + "".join(f" - {filled(part)}" for part in of_less)
    denominator = " + ".join(map(filled, over)) + "".join(f" - {filled(part)}" for part in less)
    unit, unit_en = PER_100 if scale == 100 else CHANGE if of_less else SHARE
    return PanelColumn(
        code=str(each["code"]), label=str(each["label"]), label_en=str(each["label_en"]), unit=unit, unit_en=unit_en,
        formula=f"{f'({above})' if of_less else above} / ({below})" + (f" * {scale}" if scale != 1 else ""),
        type="REAL",
        expression=f"CASE WHEN ({denominator}) > 0 THEN "
        f"ROUND({float(str(scale))} * ({numerator}) / ({denominator}), 6) END",
        numerator=f"({numerator})", denominator=f"({denominator})",
    )  # fmt: skip


def filled(count: str) -> str:
    """A count as rates take it: a blank is 0 where the report's own sums prove it (``verified``), unknown elsewhere."""
    return f"CASE WHEN {count} IS NULL AND verdict = 'verified' THEN 0 ELSE {count} END"


def table() -> str:
    """CREATE TABLE panel, with the indexes that facets and sorts use."""
    lines = [f"{name} {kind}" for name, kind, _ in _LABELS] + [f"{each.code} {each.type}" for each in columns()]
    return (
        "CREATE TABLE panel (\n  report TEXT PRIMARY KEY REFERENCES report(id),\n  "
        + ",\n  ".join(lines)
        + "\n) STRICT;\n"
        "CREATE INDEX panel_year_province ON panel (year, province);\n"
        "CREATE INDEX panel_province_year ON panel (province, year);\n"
        "CREATE INDEX panel_kind_province ON panel (kind, province);\n"
        "CREATE INDEX panel_verdict_year ON panel (verdict, year);\n"
        "CREATE INDEX panel_organ_year ON panel (organ, year);\n"
        "CREATE INDEX panel_division_year ON panel (division, year);\n"
        "CREATE INDEX panel_days_late ON panel (days_late);\n"
        "CREATE INDEX panel_new_received ON panel (new_received);\n"
        "CREATE INDEX panel_prefecture ON panel (prefecture, year);\n"
    )


def insert() -> str:
    """INSERT the rows of the reports in ``dirty`` (delete the old ones first)."""
    counts = [each for each in columns() if not each.denominator]
    rates = columns()[len(counts) :]
    names = ["report", *(name for name, _, _ in _LABELS), *(each.code for each in columns())]
    inner = ", ".join(
        [
            "r.id AS report",
            *(f"{expression} AS {name}" for name, _, expression in _LABELS),
            *(f"{each.expression} AS {each.code}" for each in counts),
        ]
    )
    return (
        f"INSERT INTO panel ({', '.join(names)}) "
        f"SELECT *, {', '.join(each.expression for each in rates)} FROM (SELECT {inner} FROM dirty "
        "CROSS JOIN report r ON r.id = dirty.report JOIN organ o ON o.id = r.organ "
        "LEFT JOIN figures f ON f.report = r.id "
        "LEFT JOIN division d ON d.code = o.division LEFT JOIN division p ON p.code = d.province "
        "LEFT JOIN contact c ON c.report = r.id "
        "LEFT JOIN report before ON before.organ = r.organ AND before.year = r.year - 1 "
        "LEFT JOIN figures b ON b.report = before.id)"
    )
