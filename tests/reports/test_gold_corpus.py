"""The four real reports whose figures were read by hand come out exactly, every cell."""

import json
from pathlib import Path

import pytest

from reports import extract

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
GOLD = CORPUS / "gold.jsonl"

pytestmark = pytest.mark.skipif(not GOLD.exists(), reason="the real corpus is not beside this checkout")


def gold():
    lines = GOLD.read_text(encoding="utf-8").splitlines() if GOLD.exists() else []
    return [pytest.param(json.loads(line), id=Path(json.loads(line)["file"]).stem) for line in lines]


@pytest.mark.parametrize("expected", gold())
def test_every_figure_and_the_verdict(expected):
    (record,) = extract((CORPUS / expected["file"]).read_bytes(), name=expected["file"], url=expected["url"])
    assert record.proactive == expected["proactive"]
    assert record.applications == expected["applications"]
    assert record.review == expected["review"]
    assert record.verdict == expected["verdict"]
    forms = {
        "proactive": record.forms.proactive,
        "applications": record.forms.applications,
        "review": record.forms.review,
    }
    assert forms == expected["forms"]


@pytest.mark.parametrize("expected", gold())
def test_positions_lead_back_to_the_raw_text(expected):
    from reports import read_document

    source = (CORPUS / expected["file"]).read_bytes()
    (record,) = extract(source, name=expected["file"])
    grids = {grid.index: grid for grid in read_document(source, name=expected["file"]).grids}
    assert record.cells
    for cell in record.cells:
        table, row, column = cell.position
        printed = grids[table].rows[row][column]
        assert printed is not None and printed.text == cell.raw
