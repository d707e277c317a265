"""The gate: no field of the gold corpus falls below its floor, and no wrong figure stands under ``verified``.

``make gold`` runs the whole corpus with the documents that need LibreOffice and Chromium; here one document a style.
A floor is lowered only in the open: ``python -m tests.gold.score --fast --write-floors``, the reason in the commit.
"""

from __future__ import annotations

import json

import pytest

from reports.record import Record
from tests.gold import score
from tests.gold.cases import DIRTS, case
from tests.gold.styles import STYLES, sample


@pytest.fixture(scope="module")
def fast() -> score.Score:
    made = score.Score()
    score.generated(made, score.FAST, slow=False)
    return made


def test_every_floor_is_held(fast: score.Score) -> None:
    floors = json.loads(score.FLOORS.read_text(encoding="utf-8"))
    missed = score.missed_floors(fast, floors["fast"])
    assert not missed, "\n".join([*missed, *fast.lines[:20]])


def test_the_real_reports_hold_their_floors() -> None:
    made = score.Score()
    score.real(made)
    if made.skipped:
        pytest.skip(made.skipped[0])
    floors = json.loads(score.FLOORS.read_text(encoding="utf-8"))
    missed = score.missed_floors(made, floors["real"])
    assert not missed, "\n".join([*missed, *made.lines])
    assert made.share("cells") == made.share("verdict") == 1.0


def test_floors_belong_to_this_corpus() -> None:
    floors = json.loads(score.FLOORS.read_text(encoding="utf-8"))
    assert score.corpus_digest() == floors["digest"], (
        "the generated documents changed: look at the scores, then python -m tests.gold.score --fast --write-floors"
    )


def test_no_wrong_figure_under_verified(fast: score.Score) -> None:
    assert fast.wrong_under_verified == 0, [line for line in fast.lines if "UNDER VERIFIED" in line]


def test_there_are_enough_styles_and_kinds_of_dirt() -> None:
    assert len({style.name for style in STYLES}) == len(STYLES) >= 40
    assert len({dirt.name for dirt in DIRTS}) == len(DIRTS) >= 15


def test_the_scorer_sees_a_wrong_figure_under_verified() -> None:
    truth = case(DIRTS[0], 0).truth
    wrong = Record(source="x", verdict="verified", proactive={"licence_decisions": -1})
    seen = score.Score()
    score.compare(seen, [wrong], [truth], "planted")
    assert seen.wrong_under_verified == len(truth.values)
    assert score.missed_floors(seen, {"cells": 0.5, "organ": 1.0})


def test_the_same_seed_gives_the_same_document() -> None:
    for style in STYLES[:: len(STYLES) // 12]:
        one, two = (sample(style, 1) if not style.slow else None for _ in range(2))
        if one and two and not one.name.endswith((".xlsx", ".docx", ".zip")):  # their packers write the clock
            assert one.body == two.body, style.name
