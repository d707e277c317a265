"""Table markup that lost, doubled or swapped tags: whatever is then verified is what the figures were."""

import random
import re

import pytest

from demo.figures import balanced
from reports import extract
from tests.reports.tables.pages import body, differences, page

ORGANISATIONS = ("business", "research", "social_organisation", "legal_service", "other_organisation")
EACH = 40


def broken(seed, markup):
    chance = random.Random(seed)
    parts = re.split(r"(<[^>]+>)", markup)
    tags = [place for place, part in enumerate(parts) if re.match(r"</?(?:td|tr|table)", part)]
    for _ in range(chance.randint(1, 3)):
        place, other = chance.choice(tags), chance.choice(tags)
        kind = chance.choice(["delete", "double", "swap", "span", "delete cell", "double cell", "blank label"])
        cell = parts[place].startswith("<td")
        if kind == "delete":
            parts[place] = ""
        elif kind == "double":
            parts[place] *= 2
        elif kind == "swap":
            parts[place], parts[other] = parts[other], parts[place]
        elif kind == "span" and cell:
            parts[place] = f"<td colspan={chance.randint(1, 4)} rowspan={chance.randint(1, 3)}>"
        elif kind == "delete cell" and cell:
            parts[place] = parts[place + 1] = parts[place + 2] = ""
        elif kind == "double cell" and cell:
            parts[place] = "".join(parts[place : place + 3]) + parts[place]
        elif kind == "blank label" and cell and not parts[place + 1].isdigit():
            parts[place + 1] = ""
    return "".join(parts)


@pytest.mark.parametrize("columns", ["filled", "noughts", "blank"])
@pytest.mark.parametrize("generation", ["2019", "2021"])
def test_no_wrong_figure_is_verified(generation, columns):
    verified = 0
    for seed in range(EACH):
        figures = balanced(
            seed % 7, proactive=generation, applications=generation, requests=90, persons_only=columns != "filled"
        )
        if columns == "blank":
            figures = figures.columns_blanked(*ORGANISATIONS)
        for record in extract(broken(seed, page(body(figures)).decode()).encode(), name="page"):
            assert not any(problem.code == "extraction-failed" for problem in record.problems), seed
            if record.verdict == "verified":
                verified += 1
                assert differences(record, figures) == [], seed
    assert verified > EACH // 5  # the test would prove nothing if all were refused
