"""Failed checks in words: which sum, over which cells, by how much. For the report's page and the pages of problems."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import data
from publish.language import current, pick, text
from reports import forms

ORGANISATIONS = ("business", "research", "social_organisation", "legal_service", "other_organisation")
ORDER = {"fail": 0, "not_assessable": 1, "consistent_with_blanks_as_zero": 2, "pass": 3}
SEVERITIES = {"error": 0, "warning": 1, "info": 2}


@dataclass(slots=True)
class Finding:
    """One check that did not simply pass. ``cells`` are the codes of the figures that it is about."""

    number: int
    rule: str
    at: str
    status: str
    severity: str
    expected: float | None
    actual: float | None
    message: str | None
    title: str
    where: str
    about: str
    sum: str
    cells: list[str] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether the check failed (rather than could not be assessed, or held with blanks as zero)."""
        return self.status == "fail"


def explain(checks: list[dict[str, Any]], figures: dict[str, Any]) -> list[Finding]:
    """The findings in the order of their weight, numbered from 1, in the reader's language."""
    ordered = sorted(
        checks,
        key=lambda row: (ORDER.get(row["status"], 9), SEVERITIES.get(row["severity"], 9), row["rule"], row["at"]),
    )
    return [_finding(number, row, figures) for number, row in enumerate(ordered, 1)]


def marked_cells(findings: list[Finding]) -> dict[str, list[Finding]]:
    """The findings that concern each figure."""
    marked: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.status == "fail":
            for code in finding.cells:
                marked.setdefault(code, []).append(finding)
    return marked


def number(value: float | int | None) -> str:
    """A figure as people write it: no .0, thousands apart."""
    if value is None:
        return text("cell_blank")
    if isinstance(value, float) and not value.is_integer():
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{int(value):,}"


_LIKELY = re.compile(r"(\w+)\.(\w+)\.(\w+) \((.*?), (\S+) would balance\)")


def likely_cells(message: str) -> list[tuple[str, str]]:
    """The cells that a problem ``likely-cell`` names: code, and in words what would make the sums hold."""
    known = {(each.table, each.row, each.column): each for each in forms.figures()}
    found = []
    for table, row, column, printed, balanced in _LIKELY.findall(message):
        figure = known.get((table, row, column))
        if figure is not None:
            label = figure.label_en if current.get() == "en" else figure.label
            printed = text("cell_blank") if printed == "blank" else printed
            found.append((figure.code, text("likely", None, label=label, printed=printed, balanced=balanced)))
    return found


def rule_text(rule: str) -> dict[str, str]:
    """Label and description of a rule (data/texts/checks.yaml); ``narrative.*`` share one."""
    known: dict[str, dict[str, str]] = data.load_yaml("texts/checks.yaml")
    return (
        known.get(rule)
        or known.get(rule.split(".")[0])
        or {"label": rule, "label_en": rule, "about": "", "about_en": ""}
    )


def _finding(at_number: int, row: dict[str, Any], figures: dict[str, Any]) -> Finding:
    rule, at = row["rule"], row["at"]
    words = rule_text(rule)
    cells, parts, where = _cells(rule, at, figures)
    finding = Finding(
        number=at_number, rule=rule, at=at, status=row["status"], severity=row["severity"], expected=row["expected"],
        actual=row["actual"], message=row["message"], title=pick(words), where=where, about=pick(words, "about"),
        sum="", cells=cells,
    )  # fmt: skip
    finding.sum = _in_words(finding, parts, figures)
    return finding


def _cells(rule: str, at: str, figures: dict[str, Any]) -> tuple[list[str], list[tuple[str, str]], str]:
    """The codes that are marked, the parts of the sum (label, code), and the place in words."""
    columns = {column["key"]: pick(column) for column in forms.form("applications")["columns"]}
    lines = {row["key"]: pick(row) for row in forms.form("applications")["rows"]}
    if rule == "applications.row_total":
        parts = [(columns[key], f"applications_{at}_{key}") for key in ("natural_person", *ORGANISATIONS)]
        return [f"applications_{at}_total"], parts, lines.get(at, at)
    if rule == "applications.handled":
        outcomes = [
            row["key"]
            for row in forms.form("applications")["rows"]
            if row.get("group") and row["key"] != "handled_total"
        ]
        parts = [
            (lines[key], f"applications_{key}_{at}") for key in outcomes if figures.get(f"applications_{key}_{at}")
        ]
        return [f"applications_handled_total_{at}"], parts, columns.get(at, at)
    if rule == "applications.balance":
        codes = [
            f"applications_{key}_{at}" for key in ("new_received", "carried_in", "handled_total", "carried_forward")
        ]
        return codes, [], columns.get(at, at)
    if rule == "review.total":
        blocks = {row["key"]: pick(row) for row in forms.form("review")["rows"]}
        results = [(pick(column), f"review_{at}_{column['key']}") for column in forms.form("review")["columns"][:-1]]
        return [f"review_{at}_total"], results, blocks.get(at, at)
    known = {each.code: each for each in forms.figures()}
    prefix = {"years.carried": f"applications_carried_in_{at}", "years.in_force": f"proactive_{at}_in_force"}.get(
        rule, ""
    )
    for code in (prefix, at, f"proactive_{at}", f"applications_{at}", f"review_{at}"):
        if code in known:
            label = known[code].label_en if current.get() == "en" else known[code].label
            return [code], [], label
    return [], [], at


def _in_words(finding: Finding, parts: list[tuple[str, str]], figures: dict[str, Any]) -> str:
    if finding.status == "consistent_with_blanks_as_zero":
        return text("sum_blanks")
    if finding.status == "not_assessable":
        return text("sum_unassessable")
    if finding.expected is None or finding.actual is None:
        return finding.message or ""
    difference = number(abs(finding.actual - finding.expected))
    if finding.rule == "applications.balance":
        new, before, handled, forward = (figures.get(code) for code in finding.cells)
        return text(
            "sum_balance", None, new=number(new), carried_in=number(before), left=number((new or 0) + (before or 0)),
            handled=number(handled), forward=number(forward), right=number((handled or 0) + (forward or 0)),
            difference=difference,
        )  # fmt: skip
    if parts:
        joined = " + ".join(f"{label} {number(figures.get(code))}" for label, code in parts)
        return text(
            "sum_fail",
            None,
            parts=joined,
            expected=number(finding.expected),
            actual=number(finding.actual),
            difference=difference,
        )
    return text(
        "sum_fail_short", None, expected=number(finding.expected), actual=number(finding.actual), difference=difference
    )
