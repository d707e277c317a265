"""Searching: one character and more, in Datasette's own kind of query, with nothing found that is not there."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.store import Store, match_query, search
from pipelines.store.search import tokens
from tests.pipelines.portal_desk import crawl, page, report

TEXTS = ["行政复议与行政诉讼", "收到申请３４件，ＡＢＣ公司", "复核 议案", "信息公开（2024年）"]


@pytest.fixture
def index() -> sqlite3.Connection:
    connection = new_index()
    for number, text in enumerate(TEXTS):
        connection.execute("INSERT INTO s (rowid, text) VALUES (?, ?)", (number, tokens(text)))
    return connection


def new_index() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE s USING fts5 (text, content='', detail=none, columnsize=0, tokenize='ascii')"
    )
    return connection


def found(index: sqlite3.Connection, query: str) -> list[int]:
    return [
        row[0] for row in index.execute("SELECT rowid FROM s WHERE s MATCH ? ORDER BY rowid", (match_query(query),))
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("复", [0, 2]), ("议", [0, 2]), ("讼", [0]), ("复议", [0]), ("行政复议", [0]), ("议与", [0]),
        ("诉讼 复议", [0]), ("34件", [1]), ("abc", [1]), ("AB", [1]), ("2024", [3]), ("公开（", [3]),
        ("复议议案", []), ("案议", []),
        ("", []), ('"', []), ("*", []), ("AND", []), ("复议 OR 公开", []),
        ("text:复", []), ("-", []),
        ("'; DROP TABLE s", []),
    ],
)  # fmt: skip
def test_queries(index: sqlite3.Connection, query: str, expected: list[int]) -> None:
    assert found(index, query) == expected


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("复议决定与议决", "复议决", True), ("复议，议决", "复议决", False), ("收到３４件", "34件", True),
        ("ABC公司", "abc公", True),
        ("行政复议、诉讼", "诉讼 复议", True), ("行政复议", "复议（行政）", True), ("行政复议", "行政诉讼", False),
    ],
)  # fmt: skip
def test_a_long_word_stands_in_one_place(text: str, query: str, expected: bool) -> None:
    assert search.holds(text, query) is expected


@given(st.text(max_size=40))
def test_nothing_that_is_typed_is_syntax(query: str) -> None:
    connection = new_index()
    connection.execute("INSERT INTO s (rowid, text) VALUES (1, ?)", (tokens("信息公开"),))
    connection.execute("SELECT rowid FROM s WHERE s MATCH ?", (match_query(query),)).fetchall()


@given(st.text(alphabet="政府信息公开年度报告复议诉讼", min_size=1, max_size=30), st.data())
def test_every_piece_of_a_text_is_found(text: str, chosen: st.DataObject) -> None:
    start = chosen.draw(st.integers(0, len(text) - 1))
    end = chosen.draw(st.integers(start + 1, len(text)))
    connection = new_index()
    connection.execute("INSERT INTO s (rowid, text) VALUES (1, ?)", (tokens(text),))
    assert found(connection, text[start:end]) == [1]


def test_the_index_follows_the_text(archive: Path) -> None:
    url = "http://www.shuyang.gov.cn/1.html"
    before = report()
    after = report()
    after.sections[0].paragraphs[0] += "新增罕见词鹦鹉学舌。"

    def sections(store: Store, query: str) -> list[str]:
        rows = store.connection.execute(
            "SELECT number FROM section WHERE id IN (SELECT rowid FROM search WHERE search MATCH ?)",
            (match_query(query),),
        )
        return [number for (number,) in rows]

    with crawl(archive) as visit:
        visit.get(url, page(after))
    with Store.open(archive) as store:
        store.catch_up()
        store.refresh()
        assert sections(store, "鹦鹉") == ["一"] and sections(store, "鹉") == ["一"]
        with crawl(archive, day=1) as later:
            later.get(url, page(before))
        store.catch_up()
        store.refresh()
        assert sections(store, "鹦鹉") == []
        assert "一" in sections(store, before.sections[0].paragraphs[0][:4])
        for typed in ("沭阳", "教育局", "syxjyj", "shuyang"):
            organs = store.connection.execute(
                "SELECT name FROM organ WHERE seq IN (SELECT rowid FROM search_organ WHERE search_organ MATCH ?)",
                (match_query(typed),),
            ).fetchall()
            assert organs == [("沭阳县教育局",)], typed
        titles = store.connection.execute(
            "SELECT year FROM report WHERE seq IN (SELECT rowid FROM search_report WHERE search_report MATCH ?)",
            (match_query("教育局 2024"),),
        ).fetchall()
        assert titles == [(2024,)]
