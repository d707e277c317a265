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
from collections.abc import Callable, Iterable
from typing import Final

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
_OUTCOMES = ("upheld", "corrected", "other", "pending")
_Readings = Callable[[Record], list[Number | None]]
_APPROXIMATE = ("余", "约", "近", "多", "超")


def compare(record: Record) -> list[Check]:
    """The comparisons of ``record.narrative`` with the record's tables, in the order of the text."""
    if not record.narrative:
        return []
    checks: list[Check] = []
    for key in dict.fromkeys(each.key for each in record.narrative):
        severity = _severities().get(key)
        if severity is None:
            continue
        alike = [each for each in record.narrative if each.key == key]
        said = [each for each in alike if not any(word in each.raw for word in _APPROXIMATE)]
        if said:
            checks.append(_check(record, _accepted(record, key), key, said, severity))
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


def _accepted(record: Record, key: str) -> list[Number | None]:
    """The tables' readings of the figure that sentences state under a key; the first is the plain one.

    One key at a time: a report's sentences state few of them.
    """
    if readings := _READINGS.get(key):
        return readings(record)
    if key.startswith(_GROUNDS):
        return [_row(record, key)] if key in (record.applications or {}) else []
    applicant = _APPLICANTS.get(key.removeprefix("received_"))
    return _by_applicant(record, applicant) if applicant else []


def _by_applicant(record: Record, columns: tuple[str, ...]) -> list[Number | None]:
    """Who asked: of the new requests, or of these and those carried in."""
    rows = record.applications or {}
    new, carried = rows.get("new_received", {}), rows.get("carried_in", {})
    here, before = (_sum(row.get(column) for column in columns) for row in (new, carried))
    return [here, here + before if here is not None and before is not None else None]


def _received_and_carried(record: Record) -> Number | None:
    new, carried = _row(record, "new_received"), _row(record, "carried_in")
    return new + carried if new is not None and carried is not None else None


def _reviewed(column: str) -> _Readings:
    """How reviews ended."""
    return lambda record: [(record.review or {}).get(f"review_{column}")]


def _sued(column: str) -> _Readings:
    """How lawsuits ended; 维持3件 behind reviews and lawsuits may be of both."""

    def readings(record: Record) -> list[Number | None]:
        review = record.review or {}
        sued = _sum((review.get(f"suit_direct_{column}"), review.get(f"suit_after_review_{column}")))
        return [sued, _sum((review.get(f"review_{column}"), sued))]

    return readings


def _lawsuits(record: Record) -> list[Number | None]:
    review = record.review or {}
    return [
        _sum((review.get("suit_direct_total"), review.get("suit_after_review_total"))),
        _sum((_block(review, "suit_direct"), _block(review, "suit_after_review"))),
    ]


def _block_total(block: str, total: str) -> _Readings:
    return lambda record: [(record.review or {}).get(total), _block(record.review or {}, block)]


def _proactive(*keys: str) -> _Readings:
    return lambda record: [(record.proactive or {}).get(key) for key in keys]


def _total(row: str) -> _Readings:
    return lambda record: [_row(record, row)]


def _fees(record: Record) -> list[Number | None]:
    """The fees of table 2; sentences tell them in yuan."""
    fees = (record.proactive or {}).get("fees_10k_yuan")
    return [round(fees * 10000, 2) if fees is not None else None]


_READINGS: Final[dict[str, _Readings]] = {
    "received": lambda record: [_row(record, "new_received"), _received_and_carried(record)],
    "to_handle": lambda record: [_received_and_carried(record)],
    "handled": lambda record: [_row(record, "handled_total"), _received_and_carried(record)],
    **{row: _total(row) for row in ("carried_in", "carried_forward", "granted", "partly_granted")},
    "granted_and_partly": lambda record: [_sum((_row(record, "granted"), _row(record, "partly_granted")))],
    "refused": lambda record: [_rows(record, "refused_")],
    "unavailable": lambda record: [_rows(record, "unavailable_")],
    "unavailable_mostly": lambda record: [_rows(record, "unavailable_"), _row(record, "unavailable_not_held")],
    "not_processed": lambda record: [_rows(record, "not_processed_")],
    "other_outcome": lambda record: [_rows(record, "other_")],
    "not_processed_and_other": lambda record: [_sum((_rows(record, "not_processed_"), _rows(record, "other_")))],
    **{key: _proactive(key) for key in ("licence_decisions", "penalty_decisions", "coercion_decisions")},
    "normative_documents_repealed": _proactive("normative_documents_repealed"),
    "normative_documents_issued": _proactive(
        "normative_documents_issued", "normative_documents_made", "normative_documents_published"
    ),
    "normative_documents_in_force": _proactive("normative_documents_in_force", "normative_documents_public_total"),
    "fees_yuan": _fees,
    "reviews": _block_total("review", "review_total"),
    "lawsuits": _lawsuits,
    **{f"review_{column}": _reviewed(column) for column in _OUTCOMES},
    **{f"lawsuits_{column}": _sued(column) for column in _OUTCOMES},
    **{block: _block_total(block, f"{block}_total") for block in ("suit_direct", "suit_after_review")},
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
    return _sum(review.get(f"{block}_{column}") for column in _OUTCOMES)


def _sum(values: Iterable[Number | None]) -> Number | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
