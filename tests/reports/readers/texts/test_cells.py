"""Texts that print one cell a line."""

from __future__ import annotations

import pytest

from reports.readers.texts.cells import one_a_line

BELOW = ["行政许可", "672", "行政强制", "725", "规章", "3", "1", "144", "规范性文件", "8", "2", "197"]


@pytest.mark.parametrize(
    ("lines", "figure"),
    [
        (["1,182", ",595"], "1,182,595"),
        (["12", ",595"], "12,595"),
        (["1", ",182,595.5"], "1,182,595.5"),
        (["1，182", "，595"], "1，182，595"),
    ],
)
def test_a_figure_that_is_broken_at_its_comma_is_one(lines: list[str], figure: str) -> None:
    """As a viewer breaks a narrow cell: the rest of a figure is no line to be passed over."""
    rows, _, end = one_a_line(["行政处罚", *lines, *BELOW], 0) or ([], [], 0)
    assert rows[:2] == [["行政处罚", figure], ["行政许可", "672"]]
    assert end == len(lines) + len(BELOW) + 1


@pytest.mark.parametrize("rest", [",59", ",5955", ".595"])
def test_what_is_no_rest_of_thousands_is_joined_to_nothing(rest: str) -> None:
    rows, _, _ = one_a_line(["行政处罚", "1,182", rest, *BELOW], 0) or ([], [], 0)
    assert rows[0] == ["行政处罚", "1,182"]
    assert rows[1][0] == rest
