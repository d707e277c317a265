"""A short run of the fuzzer (``python -m bench.fuzz 100000`` is the long one), and that it sees what it looks for."""

from __future__ import annotations

import pytest

import reports
from bench import fuzz


def test_mutated_documents_do_not_crash_hang_or_lie() -> None:
    outcome = fuzz.run(seed=11, first=0, count=80)
    assert outcome.documents == 80 and sum(outcome.verdicts.values()) == 80
    assert not outcome.lines, "\n".join(outcome.lines)


def test_most_mutants_are_still_read() -> None:
    outcome = fuzz.run(seed=12, first=0, count=60)
    assert outcome.verdicts["verified"] + outcome.verdicts["inconsistent"] >= 15


def test_a_wrong_figure_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    made = next(made for number in range(60) if fuzz.judged(made := fuzz.mutant(11, number)) == ("verified", []))
    read = reports.extract

    def careless(*arguments: object, **named: object) -> object:
        [record, *rest] = read(*arguments, **named)
        assert record.proactive
        key = next(iter(record.proactive))
        record.proactive[key] = (record.proactive[key] or 0) + 1
        return [record, *rest]

    monkeypatch.setattr(reports, "extract", careless)
    verdict, wrong = fuzz.judged(made)
    assert verdict == "verified" and wrong


def test_a_mutant_is_the_same_every_time() -> None:
    assert fuzz.mutant(3, 5).body == fuzz.mutant(3, 5).body and fuzz.mutant(3, 5).done == fuzz.mutant(3, 5).done
