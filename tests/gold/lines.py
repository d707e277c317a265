"""Texts whose tables are drawn with lines or filled with spaces, as programs and typewriters print them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from demo.layout import Layout, Td, expanded


@dataclass
class _Placed:
    cell: Td
    top: int
    left: int
    bottom: int
    right: int
    pieces: list[str]


def _size(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _broken(text: str, width: int) -> list[str]:
    lines = [""]
    for char in text.replace("\n", ""):
        if _size(lines[-1] + char) > width:
            lines.append("")
        lines[-1] += char
    return lines


def drawn(rows: Layout, signs: str, narrow: int) -> list[str]:
    """The table with joints, rules and bars of these three signs; ``narrow``: the widest that a label's column is."""
    joint, rule, bar = signs
    grid = expanded(rows)
    width, height = max(len(row) for row in grid), len(grid)
    spans = _spans(grid)
    widths = [4] * width
    for each in spans:
        if each.right - each.left == 1:
            size = _size(each.cell.text)
            least = size if each.cell.code else min(size, narrow)
            widths[each.left] = max(widths[each.left], least + least % 2)
    heights = [1] * height
    for each in sorted(spans, key=lambda each: each.bottom - each.top):
        room = sum(widths[each.left : each.right]) + each.right - each.left - 1
        each.pieces = _broken(each.cell.text, room)
        lacking = len(each.pieces) - sum(heights[each.top : each.bottom]) - (each.bottom - each.top - 1)
        heights[each.bottom - 1] += max(0, lacking)
    left = [sum(widths[:x]) + x for x in range(width + 1)]
    top = [sum(heights[:y]) + y for y in range(height + 1)]
    canvas = [[" "] * (left[-1] + 1) for _ in range(top[-1] + 1)]
    for each in spans:
        for y in (top[each.top], top[each.bottom]):
            canvas[y][left[each.left] : left[each.right] + 1] = [
                joint if char in (joint, bar) else rule for char in canvas[y][left[each.left] : left[each.right] + 1]
            ]
        for x in (left[each.left], left[each.right]):
            for y in range(top[each.top], top[each.bottom] + 1):
                canvas[y][x] = joint if canvas[y][x] in (joint, rule) else bar
        for y in (top[each.top], top[each.bottom]):
            for x in (left[each.left], left[each.right]):
                canvas[y][x] = joint
    for each in spans:
        for row, piece in enumerate(each.pieces, top[each.top] + 1):
            at = left[each.left] + 1
            for char in piece:
                canvas[row][at] = char
                if _size(char) == 2:
                    canvas[row][at + 1] = ""
                at += _size(char)
    return ["".join(line) for line in canvas]


def framed(rows: Layout, signs: str, narrow: int) -> list[str]:
    """The table unmerged, with a rule above and below and none between its rows; labels are folded at ``narrow``."""
    joint, rule, bar = signs
    texts = [[cell.text.replace("\n", "") if first else "" for cell, first in row] for row in expanded(rows)]
    figures = [[cell.code is not None for cell, _ in row] for row in expanded(rows)]
    widths = [
        max(_size(row[x]) if figures[y][x] else min(_size(row[x]), narrow) for y, row in enumerate(texts))
        for x in range(len(texts[0]))
    ]
    edge = joint + joint.join(rule * (width + 2) for width in widths) + joint
    lines = [edge]
    for row in texts:
        pieces = [_broken(text, max(width, 2)) for text, width in zip(row, widths, strict=True)]
        for at in range(max(len(each) for each in pieces)):
            told = [each[at] if at < len(each) else "" for each in pieces]
            filled = (text + " " * (width - _size(text)) for text, width in zip(told, widths, strict=True))
            lines.append(f"{bar} " + f" {bar} ".join(filled) + f" {bar}")
    return [*lines, edge]


def padded(rows: Layout, side: str) -> list[str]:
    """The table without any line: spaces fill its columns, texts at the ``left``, ``right`` or in the ``middle``."""
    grid = expanded(rows)
    spans = _spans(grid)
    widths = [0] * len(grid[0])
    for each in sorted(spans, key=lambda each: each.right - each.left):
        lacking = _size(each.cell.text.replace("\n", "")) + 2 - sum(widths[each.left : each.right])
        widths[each.right - 1] += max(0, lacking)
    lines = [[""] * len(widths) for _ in grid]
    for each in spans:
        room, text = sum(widths[each.left : each.right]) - 2, each.cell.text.replace("\n", "")
        before = {"left": 0, "right": room - _size(text), "middle": (room - _size(text)) // 2}[side]
        for y in range(each.top, each.bottom):
            shown = text if y == each.top else ""
            lines[y][each.left] = " " * (before if shown else 0) + shown
            lines[y][each.left] += " " * (room + 2 - _size(lines[y][each.left]))
    return ["".join(line).rstrip() for line in lines]


def _spans(grid: list[list[tuple[Td, bool]]]) -> list[_Placed]:
    found: dict[int, _Placed] = {}
    for y, row in enumerate(grid):
        for x, (cell, _) in enumerate(row):
            each = found.setdefault(id(cell), _Placed(cell, y, x, y + 1, x + 1, []))
            each.bottom, each.right = max(each.bottom, y + 1), max(each.right, x + 1)
    return list(found.values())
