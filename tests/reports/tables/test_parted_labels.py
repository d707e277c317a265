"""Labels cut over two rows of a grid."""

import pytest

from demo.figures import balanced
from tests.reports.tables.pages import differences, read

FIGURES = balanced("parted", requests=300)
LABEL = "结转下年度继续办理"


def parted(place, size):
    """Each row whose label is long enough gives a piece of it to a row of blanks, above or below it."""

    def bend(table, rows):
        bent = []
        for row in rows:
            label = next((cell for cell in row if cell.text and not cell.code), None)
            if table != "applications" or label is None or not label.text.endswith(LABEL):
                bent.append(row)
                continue
            td = label.__class__
            text = label.text
            blank = [td("", colspan=cell.colspan) for cell in row if cell is not label]
            kept, given = (text[:size], text[size:]) if place == "below" else (text[size:], text[:size])
            whole = [td(kept, colspan=label.colspan) if cell is label else cell for cell in row]
            piece = [td(given, colspan=label.colspan), *blank]
            bent += [whole, piece] if place == "below" else [piece, whole]
        return [bent]

    return bend


@pytest.mark.parametrize("place", ["above", "below"])
@pytest.mark.parametrize("size", [3, 7])
def test_a_label_cut_over_two_rows_is_read_as_one(place, size):
    record = read(FIGURES, parted(place, size))
    assert (differences(record, FIGURES), record.verdict) == ([], "verified")
