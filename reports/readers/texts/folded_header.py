"""The header of table 3 where its headings are folded over lines, side by side, and partly run together.

``自然 商业企 科研机法人或其他组织法律服务 其 总计`` over ``人 业 构 社会公益组 织 机构 他`` names the seven kinds of
applicants in the form's order: line by line, from left to right, each heading comes out letter by letter.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

import data
from reports.forms import form
from reports.tables.labels import fold

_MOST_STEPS = 20_000

State = tuple[int, ...]  # how many letters of each heading have been read


@functools.cache
def _headings() -> tuple[tuple[str, ...], int]:
    """The columns' headings in the form's order, and behind them what stands over or beside them; how many columns."""
    columns = [fold(str(column["label"])) for column in form("applications")["columns"]]
    words = data.load_yaml("forms/headings.yaml")
    return (*columns, words["column_groups"][0], "申请人情况", *words["notes"]), len(columns)


def names_all_in_order(lines: Sequence[str]) -> bool:
    """These lines are the form's headings in the form's order, and nothing else."""
    headings, columns = _headings()
    budget = [_MOST_STEPS]
    states: set[State] = {(0,) * len(headings)}
    for line in lines:
        text = fold(line)
        states = {after for state in states for after in _read(text, 0, -1, state, budget)}
        if not states or budget[0] < 0:
            return False
    whole = [len(heading) for heading in headings]
    return any(
        list(state[:columns]) == whole[:columns]
        and all(read in (0, size) for read, size in zip(state[columns:], whole[columns:], strict=True))
        for state in states
    )


def _read(text: str, column: int, last: int, state: State, budget: list[int]) -> Iterator[State]:
    """How far the headings have been read after this line, whose rest begins at this column or to its right.

    ``last`` is the heading that has been read just before it: it ended there.
    """
    budget[0] -= 1
    if budget[0] < 0:
        return
    if not text:
        yield state
        return
    headings, columns = _headings()
    for each in (*range(column, columns), *range(columns, len(headings))):
        if each == last:
            continue
        rest = headings[each][state[each] :]
        size = 0
        while size < min(len(rest), len(text)) and rest[size] == text[size]:
            size += 1
        for read in range(size, 0, -1):
            after = (*state[:each], state[each] + read, *state[each + 1 :])
            yield from _read(text[read:], each + 1 if each < columns else column, each, after, budget)
