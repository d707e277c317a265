"""What the sentences say against what the tables say: ``narrative.*`` checks, warnings or notes, never errors.

FORMS.md: 收到 or 受理 N 件 is new_received in some reports and new_received + carried_in in others, either is
accepted; a sentence about the office alone is not held against a table of the whole area; 备案 reviews and 12345 are
other things. One check a figure's key: it passes where any of its sentences fits.

What the rules did on 100 written reports whose sentences are true (each failure would be a false alarm) and on the four
real ones, as ``python -m bench.narrative 10`` prints it. The real failure is in 上海市人民政府办公厅 2019: its text
does contradict its table. So the rules are warnings; those of table 2 are notes, because texts count other kinds of
documents and decisions under these names. No written or real report states who asked, why it was refused, or how
reviews ended; what those rules leave alone is told by ``tests/reports/test_narrative_parts.py``::

    rule                      written     real
                            pass fail  pass fail
    received                    100  0    2  0
    carried_in                   38  0    2  0
    handled                      99  0    2  0
    carried_forward              68  0    2  0
    granted                      69  0    1  0
    partly_granted               69  0    1  0
    granted_and_partly            0  0    0  1
    refused                      31  0    2  0
    unavailable                  31  0    1  0
    unavailable_mostly            0  0    1  0
    not_processed                31  0    1  0
    other_outcome                31  0    0  0
    not_processed_and_other       0  0    1  0
    reviews                      36  0    2  0
    lawsuits                     36  0    2  0
    normative_documents_issued   37  0    1  0
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

import data
from reports.metadata.statutory import is_local_government
from reports.record import Check, Narrative, Number, Record, Severity, Status

_GROUNDS = ("refused_", "unavailable_", "not_processed_")
_ORGANISATIONS = ("business", "research", "social_organisation", "legal_service", "other_organisation")
_APPLICANTS = {
    "natural_person": ("natural_person",),
    "organisations": _ORGANISATIONS,
    **{each: (each,) for each in _ORGANISATIONS[:-1]},
}
_APPROXIMATE = ("余", "约", "近", "多", "超")


def compare(record: Record) -> list[Check]:
    """The comparisons of ``record.narrative`` with the record's tables, in the order of the text."""
    if not record.narrative:
        return []
    checks: list[Check] = []
    tables = _accepted(record)
    for key in dict.fromkeys(each.key for each in record.narrative):
        severity = _severities().get(key)
        if severity is None:
            continue
        alike = [each for each in record.narrative if each.key == key]
        said = [each for each in alike if not any(word in each.raw for word in _APPROXIMATE)]
        if said:
            checks.append(_check(record, tables.get(key, []), key, said, severity))
    return checks


@functools.cache
def _severities() -> dict[str, Severity]:
    figures = data.load_yaml("narrative.yaml")["figures"]
    return {each["key"]: each["severity"] for each in figures if each["severity"] != "none" and "zero" not in each}


def _check(record: Record, readings: list[Number | None], key: str, said: list[Narrative], severity: Severity) -> Check:
    accepted = [value for value in readings if value is not None]
    area = record.scope == "jurisdiction" or (record.organ is not None and is_local_government(record.organ))
    same = [each for each in said if not (each.scope == "organ" and area)]
    first = (same or said)[0]
    at = f"{first.section or ''}:{first.start}"
    status: Status
    if not accepted:
        status, message, expected = "not_assessable", "the table does not have this figure", None
    elif any(each.value in accepted for each in said):
        hit = next(each for each in said if each.value in accepted)
        return Check(
            rule=f"narrative.{key}", at=f"{hit.section or ''}:{hit.start}", status="pass", expected=hit.value,
            actual=hit.value, severity=severity,
        )  # fmt: skip
    elif not same:
        status, expected = "not_assessable", accepted[0]
        message = "the sentence counts the office alone, the table the whole area"
    else:
        status, expected = "fail", accepted[0]
        message = f"the text says {first.raw}; the table {' or '.join(str(each) for each in dict.fromkeys(accepted))}"
    return Check(
        rule=f"narrative.{key}", at=at, status=status, expected=expected, actual=first.value, severity=severity,
        message=message,
    )  # fmt: skip


def _accepted(record: Record) -> dict[str, list[Number | None]]:
    """The tables' readings of the figures that sentences state, by key; the first is the plain one."""
    new, carried = _row(record, "new_received"), _row(record, "carried_in")
    both = new + carried if new is not None and carried is not None else None
    granted, partly = _row(record, "granted"), _row(record, "partly_granted")
    declined, other = _rows(record, "not_processed_"), _rows(record, "other_")
    review = record.review or {}
    proactive = record.proactive or {}
    grounds = {row: [_row(record, row)] for row in record.applications or {} if row.startswith(_GROUNDS)}
    return {
        **grounds,
        **_by_applicant(record),
        **_outcomes(review),
        **_decisions(proactive),
        "received": [new, both],
        "to_handle": [both],
        "handled": [_row(record, "handled_total"), both],
        "carried_in": [carried],
        "carried_forward": [_row(record, "carried_forward")],
        "granted": [granted],
        "partly_granted": [partly],
        "granted_and_partly": [_sum((granted, partly))],
        "refused": [_rows(record, "refused_")],
        "unavailable": [_rows(record, "unavailable_")],
        "unavailable_mostly": [_rows(record, "unavailable_"), _row(record, "unavailable_not_held")],
        "not_processed": [declined],
        "other_outcome": [other],
        "not_processed_and_other": [_sum((declined, other))],
        "reviews": [review.get("review_total"), _block(review, "review")],
        "lawsuits": [
            _sum((review.get("suit_direct_total"), review.get("suit_after_review_total"))),
            _sum((_block(review, "suit_direct"), _block(review, "suit_after_review"))),
        ],
        "normative_documents_issued": [
            proactive.get(f"normative_documents_{column}") for column in ("issued", "made", "published")
        ],
        "normative_documents_in_force": [
            proactive.get(f"normative_documents_{column}") for column in ("in_force", "public_total")
        ],
    }


def _by_applicant(record: Record) -> dict[str, list[Number | None]]:
    """Who asked: of the new requests, or of these and those carried in."""
    rows = record.applications or {}
    new, carried = rows.get("new_received", {}), rows.get("carried_in", {})
    found: dict[str, list[Number | None]] = {}
    for key, columns in _APPLICANTS.items():
        here, before = (_sum(row.get(column) for column in columns) for row in (new, carried))
        found[f"received_{key}"] = [here, here + before if here is not None and before is not None else None]
    return found


def _outcomes(review: dict[str, Number | None]) -> dict[str, list[Number | None]]:
    """How reviews and lawsuits ended; 维持3件 behind both may be of both."""
    found: dict[str, list[Number | None]] = {}
    for column in ("upheld", "corrected", "other", "pending"):
        reviewed = review.get(f"review_{column}")
        sued = _sum((review.get(f"suit_direct_{column}"), review.get(f"suit_after_review_{column}")))
        found[f"review_{column}"] = [reviewed]
        found[f"lawsuits_{column}"] = [sued, _sum((reviewed, sued))]
    for block in ("suit_direct", "suit_after_review"):
        found[block] = [review.get(f"{block}_total"), _block(review, block)]
    return found


def _decisions(proactive: dict[str, Number | None]) -> dict[str, list[Number | None]]:
    """The decisions and fees of table 2; sentences tell fees in yuan."""
    fees = proactive.get("fees_10k_yuan")
    decisions = ("licence_decisions", "penalty_decisions", "coercion_decisions", "normative_documents_repealed")
    return {
        **{key: [proactive.get(key)] for key in decisions},
        "fees_yuan": [round(fees * 10000, 2) if fees is not None else None],
    }


def _row(record: Record, row: str) -> Number | None:
    """A row's total; where the total is blank, the sum of the parts that are printed."""
    cells = (record.applications or {}).get(row)
    if cells is None:
        return None
    total = cells.get("total")
    return total if total is not None else _sum(value for key, value in cells.items() if key != "total")


def _rows(record: Record, prefix: str) -> Number | None:
    rows = [row for row in record.applications or {} if row.startswith(prefix)]
    return _sum(_row(record, row) for row in rows)


def _block(review: dict[str, Number | None], block: str) -> Number | None:
    return _sum(review.get(f"{block}_{column}") for column in ("upheld", "corrected", "other", "pending"))


def _sum(values: Iterable[Number | None]) -> Number | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
