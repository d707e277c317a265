"""Tables are found and read however editors bend them."""

import pytest

from demo.figures import balanced
from tests.reports.tables.bends import BENDS
from tests.reports.tables.pages import differences, read


@pytest.mark.parametrize("generation", ["2019", "2021"])
@pytest.mark.parametrize("name", BENDS)
def test_every_figure_is_read(name, generation):
    figures = balanced(name, proactive=generation, applications=generation, requests=900)
    record = read(figures, BENDS[name])
    assert differences(record, figures) == []
    assert record.verdict == "verified", [problem.message for problem in record.problems]
    assert (record.forms.proactive, record.forms.applications) == (generation, generation)
