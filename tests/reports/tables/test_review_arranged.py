"""Table 4 of a text without marks that prints fewer figures than the form has: what its sums tell, and leave open."""

from __future__ import annotations

import itertools
import random
import time

import pytest

from demo.figures import balanced
from reports.tables.review_arranged import places_in_blocks
from tests.reports.tables.pages import differences
from tests.reports.tables.test_lost_blanks import read

BLOCKS, SIZE = 3, 5


def balances(places):
    blocks = [places[at : at + SIZE] for at in range(0, len(places), SIZE)]
    return all(sum(value or 0 for value in block[:-1]) == (block[-1] or 0) for block in blocks)


@pytest.mark.parametrize("seed", range(12))
def test_each_place_holds_what_some_arrangement_prints_there(seed):
    chance = random.Random(seed)
    figures = [chance.choice([0, 0, 1, 2, 3]) for _ in range(8)]
    figures[3], figures[7] = sum(figures[:3]), sum(figures[4:7])
    expected = [set() for _ in range(10)]
    for places in itertools.combinations(range(10), 8):
        arranged = {place: number for number, place in enumerate(places)}
        if balances([figures[arranged[place]] if place in arranged else None for place in range(10)]):
            for place in range(10):
                expected[place].add(arranged.get(place))
    assert places_in_blocks(figures, 2, SIZE) == expected


def test_figures_that_never_balance_stand_nowhere():
    assert not any(places_in_blocks([1, 2, 7], BLOCKS, SIZE))


@pytest.mark.parametrize("seed", range(6))
def test_what_the_sums_leave_open_is_missing_and_nothing_is_wrong(seed):
    figures = balanced(f"arranged {seed}", requests=300)
    noughts = [code for code, value in figures.values.items() if value == 0 and code.startswith("review")]
    figures = figures.blanked(*random.Random(seed).sample(noughts, min(2, len(noughts))))
    record = read(figures)
    found = differences(record, figures)
    assert not [each for each in found if each[2] != "absent"]
    assert len(record.review or {}) >= 3  # the totals at least
    assert record.verdict == ("incomplete" if found else "verified")


def test_a_hundred_figures_take_no_time():
    begin = time.process_time()
    places_in_blocks([0] * 60, 20, SIZE)
    places_in_blocks(list(range(60)), 20, SIZE)
    assert time.process_time() - begin < 2
