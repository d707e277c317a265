"""The same report in several files of an archive: as a text and as a workbook, or copied into another folder."""

from __future__ import annotations

from reports.record import Number, Record, Verdict

_RANK: tuple[Verdict, ...] = ("verified", "inconsistent", "incomplete", "unreadable", "not_a_report")
_Figures = dict[tuple[str, ...], Number | None]


def told_once(records: list[Record]) -> list[Record]:
    """The records without those that say the same of the same organ and year as another: the one that says most stays.

    A file that only lacks figures which another has is the same report too (a text beside the tables). Two that print
    different figures are left as they are: each is what its file says.
    """
    kept: list[Record] = []
    for record in records:
        same = next((place for place, other in enumerate(kept) if _are_same(record, other)), None)
        if same is None:
            kept.append(record)
        elif _worth(record) > _worth(kept[same]):
            kept[same] = record
    return kept


def _are_same(one: Record, other: Record) -> bool:
    if one.organ is None or one.year is None or (one.organ, one.year) != (other.organ, other.year):
        return False
    if one.statistics != other.statistics:
        return False
    mine, its = _figures(one), _figures(other)
    small, large = sorted((mine, its), key=len)
    if not any(small.values()) and small and one.title != other.title:
        return False  # noughts are in every small organ's report, and an organ may be misread
    return bool(large) and all(large.get(place) == value for place, value in small.items())


def _worth(record: Record) -> tuple[int, int, int]:
    return len(_figures(record)), -_RANK.index(record.verdict), len(record.sections)


def _figures(record: Record) -> _Figures:
    """The numbers of the tables that could be read."""
    return {(cell.table, cell.row, cell.column): cell.value for cell in record.cells if cell.value is not None}
