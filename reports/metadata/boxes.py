"""Running text that stands in tables: narrative boxes of PDFs, frames pasted from Word, layout cells."""

from __future__ import annotations

from reports.characters import plain
from reports.document import Grid
from reports.forms import ends_in_unit, is_part_of_list
from reports.metadata.headings import read_heading
from reports.title import read_title


def is_box(grid: Grid) -> bool:
    """Whether a table is running text in a frame: one column (narrative boxes of PDFs, pasted Word frames), or a cell
    that holds a whole article, as old templates lay their pages out.
    """
    if grid.hidden or grid.layout or grid.sheet is not None:  # a workbook's lines are paragraphs already
        return False
    for row in grid.rows[:12]:
        for cell in row:
            if cell is not None and len(cell.text) >= 80 and "\n" in cell.text and "。" in cell.text:
                return True
    if grid.width > 1 and any(cell is not row[0] for row in grid.rows for cell in row):
        return False
    return sum(len(cell.text) for place in range(len(grid.rows)) for cell in grid.own_cells(place)) >= 40


def boxed(grid: Grid) -> list[str]:
    """The paragraphs of a box; in a paged source rows that break off in the middle of a sentence go on in the next."""
    found: list[str] = []
    for row in range(len(grid.rows)):
        for cell in grid.own_cells(row):
            for text in filter(None, map(str.strip, cell.text.split("\n"))):
                broken = (
                    found
                    and grid.page is not None
                    and grid.width == 1
                    and len(found[-1]) >= 18
                    and found[-1][-1] not in "。；;：:！？)）"
                )
                if broken and read_title(found[-1]).kind != "report":
                    found[-1] += text
                else:
                    found.append(text)
    return found


def leaked(grid: Grid) -> list[tuple[str, str]]:
    """Headings and running text among the cells of a table that was made from single lines, half-width and raw."""
    found: list[tuple[str, str]] = []
    listed = any(cell is not None and ends_in_unit(cell.text) for row in grid.rows for cell in row)
    for row in range(len(grid.rows)):
        for cell in grid.own_cells(row):
            raw = cell.text
            if listed and is_part_of_list(raw):
                continue  # 二、回应解读情况 is a line of the list of 2014-2018, no section of the report
            if len(raw) < 5 or raw[0].isdigit() or ("。" not in raw and not _numbered(raw)):
                continue
            half = plain(raw)
            heading = read_heading(half)
            if (len(raw) >= 20 and "。" in raw) or (heading is not None and heading.trusted and not heading.bracketed):
                found.append((half, raw))
    return found


def _numbered(text: str) -> bool:
    return text[0] in "一二三四五六七八九" and text[1] in "、.．, 　"


def heading_rows(grid: Grid) -> list[str]:
    """The report's section headings that stand as rows of their own in a table that holds several of its tables."""
    found: list[str] = []
    if grid.sheet is not None:  # a workbook's lines are paragraphs already
        return found
    for number, row in enumerate(grid.rows):
        first = next((cell for cell in row if cell is not None and cell.row == number), None)
        if first is None or not 4 < len(first.text) <= 40 or not _numbered(first.text):
            continue
        heading = read_heading(plain(first.text)) if len(grid.own_cells(number)) == 1 else None
        if heading is not None and heading.trusted and not heading.bracketed:
            found.append(first.text)
    return found
