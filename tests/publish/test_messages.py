"""Messages of problems in Chinese: every form that the programs write, and what no form covers."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import data
from publish import language, messages

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("the row granted is printed twice with the same figures", "同一行印了两次，数字相同：予以公开"),
        ("table 3 has no column natural_person", "第 3 部分的表缺少一列：自然人"),
        ("the report has no table review", "报告没有这张表：“政府信息公开行政复议、行政诉讼情况”"),
        ("www.a.example does not answer: timeout", "www.a.example 没有回应：timeout"),
        ("read “予以公幵” as granted", "“予以公幵”读作“予以公开”"),
        ("table 0, row 3, column 6", "源表 0，行 3，列 6（从 0 数起）"),
        ("“1o9” can be read in more than one way", "“1o9”有不止一种读法"),
    ],
)
def test_a_message_in_chinese(english: str, chinese: str) -> None:
    assert messages.in_chinese(english) == chinese


def test_an_unknown_message_stays_english_and_is_marked_so() -> None:
    language.current.set("zh")
    assert messages.said("<b>never said</b>") == '<span lang="en">&lt;b&gt;never said&lt;/b&gt;</span>'
    assert messages.said(None) == ""


def test_braces_in_what_a_portal_wrote_are_only_text() -> None:
    assert messages.in_chinese("“{0.__class__}” repeats the total") == "“{0.__class__}”重复了总计"


def test_a_huge_message_is_not_searched_through() -> None:
    assert messages.in_chinese("the row " * 100_000) is None


def _written(place: int, keyword: str) -> set[str]:
    """What the code gives problems as one text at this place, or by this keyword; what it puts in is any word."""
    found = set()
    for part in ("reports", "pipelines/store", "crawler"):
        for file in sorted((ROOT / part).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == keyword:
                    found |= {text for text in (_text(node.value),) if text}
                if not isinstance(node, ast.Call):
                    continue
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name not in ("problem", "gap", "note", "Problem", "ReaderProblem"):
                    continue
                told = [*node.args[place : place + 1], *(each.value for each in node.keywords if each.arg == keyword)]
                found |= {text for each in told if (text := _text(each))}
    return found


def _text(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant | ast.FormattedValue):
        return "".join(_part(each) for each in node.values)
    return None


def _part(node: ast.expr) -> str:
    """A part of an f-string: its text, the plural that it may put in, or x."""
    if isinstance(node, ast.FormattedValue) and isinstance(node.value, ast.IfExp):
        node = node.value.body
    return str(node.value) if isinstance(node, ast.Constant) else "x"


def test_every_message_that_the_code_writes_is_known() -> None:
    messages_written = _written(1, "message")
    assert len(messages_written) > 80
    unknown = [each for each in messages_written if re.search(r"[a-z] [a-z]", each) and not messages.in_chinese(each)]
    assert sorted(unknown) == []


def test_every_code_that_the_code_writes_has_a_name_for_readers() -> None:
    codes = {each for each in _written(0, "code") if re.fullmatch(r"[a-z]+(?:-[a-z]+)*", each)}
    assert len(codes) > 80
    assert sorted(codes - set(data.load_yaml("texts/problems.yaml"))) == []
