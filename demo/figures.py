"""Figures that balance, made from a seed, for the demo portals and the gold corpus; and the errors that organs make.

Every figure is known by its code (``reports.forms``). What a page prints may differ from the plain number: a blank, a
dash, a note in brackets. ``Figures`` keeps the two apart, so that a test knows both.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from reports import forms
from reports.record import Table

Number = int | float

COLUMNS = ("natural_person", "business", "research", "social_organisation", "legal_service", "other_organisation")
BLOCKS = ("review", "suit_direct", "suit_after_review")
OUTCOMES_OF_A_REVIEW = ("upheld", "corrected", "other", "pending")

#: How often an outcome occurs, roughly as published reports have it: (row, weight).
OUTCOME_WEIGHTS = {
    "granted": 40, "partly_granted": 9, "unavailable_not_held": 18, "unavailable_needs_creation": 4,
    "unavailable_still_unclear": 2, "refused_state_secret": 1, "refused_prohibited_by_law": 2,
    "refused_security_stability": 1, "refused_third_party_rights": 3, "refused_internal_affairs": 2,
    "refused_deliberative_process": 3, "refused_enforcement_file": 3, "refused_administrative_query": 3,
    "not_processed_petition": 4, "not_processed_repeat": 3, "not_processed_publication": 1,
    "not_processed_excessive": 1, "not_processed_reconfirmation": 1, "other_outcome": 5, "other_not_corrected": 3,
    "other_fee_unpaid": 1, "other_other": 3,
}  # fmt: skip


@dataclass
class Figures:
    """The figures of one report: ``values`` by code as a reader must give them (None is a blank or a dash), and
    ``printed`` by code where the page shows something else than the plain number.

    ``generations`` names the form of each table (``2019`` or ``2021``); a table that is not in it is not on the page.
    """

    generations: dict[Table, str]
    values: dict[str, Number | None]
    printed: dict[str, str] = field(default_factory=dict)

    def text(self, code: str) -> str:
        """What the page prints for this figure."""
        if code in self.printed:
            return self.printed[code]
        value = self.values[code]
        if value is None:
            return ""
        return str(value)

    def table(self, table: Table) -> dict[str, Number | None]:
        """Table 2 or 4 in the record's keys."""
        return {
            each.key: self.values[each.code]
            for each in forms.figures()
            if each.table == table and each.code in self.values
        }

    def applications(self) -> dict[str, dict[str, Number | None]]:
        """Table 3 in the record's keys."""
        rows: dict[str, dict[str, Number | None]] = {}
        for each in forms.figures():
            if each.table == "applications" and each.code in self.values:
                rows.setdefault(each.row, {})[each.column] = self.values[each.code]
        return rows

    def application(self, row: str, column: str = "total") -> int:
        """One figure of table 3 as a whole number; a blank or missing one counts as 0 (for the narrative)."""
        return int(self.values.get(f"applications_{row}_{column}") or 0)

    def copy(self) -> Figures:
        """An independent copy, to plant something in."""
        return replace(self, generations=dict(self.generations), values=dict(self.values), printed=dict(self.printed))

    def planted(self, code: str, by: Number) -> Figures:
        """The same with one printed figure wrong by ``by``, as if the organ had mistyped it."""
        other = self.copy()
        other.values[code] = (other.values[code] or 0) + by
        return other

    def blanked(self, *codes: str, mark: str = "") -> Figures:
        """The same with these cells blank, or holding a dash (``/``, ``-``, ``—``, ``无``)."""
        other = self.copy()
        for code in codes:
            other.values[code] = None
            other.printed[code] = mark
        return other

    def columns_blanked(self, *columns: str, mark: str = "") -> Figures:
        """The same with whole columns of table 3 blank. Call it for columns whose figures are all 0."""
        codes = [
            each.code
            for each in forms.figures()
            if each.table == "applications" and each.column in columns and each.code in self.values
        ]
        return self.blanked(*codes, mark=mark)

    def without(self, *tables: Table) -> Figures:
        """The same without these tables."""
        other = self.copy()
        for table in tables:
            other.generations.pop(table, None)
            for code in [code for code in other.values if code.startswith(f"{table}_")]:
                del other.values[code]
        return other


def balanced(
    seed: int | str,
    *,
    proactive: str = "2021",
    applications: str = "2021",
    requests: int = 60,
    cases: int = 4,
    persons_only: bool = False,
    carried_in: dict[str, int] | None = None,
    normative_before: int | None = None,
) -> Figures:
    """Figures in which every equation of the forms holds.

    ``requests`` is about how many new requests there are, ``cases`` how many reviews; ``persons_only`` leaves all five
    organisation columns 0; ``carried_in`` is last year's carried forward by column (``years.carried``) and
    ``normative_before`` last year's normative documents in force.
    """
    chance = random.Random(f"figures {seed}")
    values: dict[str, Number | None] = {}
    values |= _proactive(chance, proactive, normative_before)
    values |= _applications(chance, applications, requests, persons_only, carried_in)
    values |= _review(chance, cases)
    order = {each.code: position for position, each in enumerate(forms.figures())}
    return Figures(
        generations={"proactive": proactive, "applications": applications, "review": applications},
        values=dict(sorted(values.items(), key=lambda item: order[item[0]])),
    )


def carried_forward(figures: Figures) -> dict[str, int]:
    """What next year's report must print as carried in, by column."""
    return {column: figures.application("carried_forward", column) for column in COLUMNS}


def _proactive(chance: random.Random, generation: str, before: int | None) -> dict[str, Number | None]:
    values: dict[str, Number | None] = {}
    for figure in forms.figures():
        if figure.table != "proactive" or generation not in figure.generations:
            continue
        if figure.decimals:
            values[figure.code] = chance.choice((0, round(chance.uniform(1, 30000), chance.choice((1, 2, 4)))))
        elif figure.signed:
            values[figure.code] = chance.choice((0, 0, chance.randint(-9, 12)))
        else:
            values[figure.code] = _long_tailed(chance, 40)
    if generation == "2021":
        for kind in ("regulations", "normative_documents"):
            issued, repealed = values[f"proactive_{kind}_issued"], values[f"proactive_{kind}_repealed"]
            held = before if before is not None and kind == "normative_documents" else _long_tailed(chance, 60)
            repealed = min(int(repealed or 0), held)
            values[f"proactive_{kind}_repealed"] = repealed
            values[f"proactive_{kind}_in_force"] = held + int(issued or 0) - repealed
    return values


def _applications(
    chance: random.Random, generation: str, requests: int, persons_only: bool, carried_in: dict[str, int] | None
) -> dict[str, Number | None]:
    outcomes = [
        row["key"]
        for row in forms.form("applications")["rows"]
        if generation in row["generations"] and row["key"] in OUTCOME_WEIGHTS
    ]
    weights = [OUTCOME_WEIGHTS[row] for row in outcomes]
    rows: dict[str, dict[str, int]] = {row: {} for row in ("new_received", "carried_in", *outcomes)}
    rows |= {"handled_total": {}, "carried_forward": {}}
    for column in COLUMNS:
        share = 0.8 if column == "natural_person" else (0 if persons_only else chance.choice((0, 0.03, 0.08)))
        new = round(requests * share * chance.uniform(0.7, 1.3))
        old = carried_in[column] if carried_in else (chance.randint(0, max(1, new // 12)) if share else 0)
        forward = chance.randint(0, (new + old) // 12) if share else 0
        rows["new_received"][column], rows["carried_in"][column] = new, old
        rows["carried_forward"][column], rows["handled_total"][column] = forward, new + old - forward
        for row in outcomes:
            rows[row][column] = 0
        for row in chance.choices(outcomes, weights, k=new + old - forward):
            rows[row][column] += 1
    for row in rows.values():
        row["total"] = sum(row.values())
    return {f"applications_{row}_{column}": count for row, line in rows.items() for column, count in line.items()}


def _review(chance: random.Random, cases: int) -> dict[str, Number | None]:
    values: dict[str, Number | None] = {}
    for block in BLOCKS:
        parts = [chance.randint(0, cases) if chance.random() < 0.6 else 0 for _ in OUTCOMES_OF_A_REVIEW]
        for column, count in zip((*OUTCOMES_OF_A_REVIEW, "total"), (*parts, sum(parts)), strict=True):
            values[f"review_{block}_{column}"] = count
    return values


def _long_tailed(chance: random.Random, typical: int) -> int:
    """Mostly small, now and then thousands, often nothing: as counts of decisions are."""
    return 0 if chance.random() < 0.25 else int(chance.lognormvariate(0, 1.3) * typical)
