"""Indicators: their values against SQL written by hand over the printed figures, and what happens to blanks."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from pipelines.store import panel
from publish import population, spread, summary
from publish.serve import build
from publish.summary import Basis
from reports import forms
from tests.publish.conftest import Get, client_of

COUNTIES = Basis("county", "government")
HANDLED = "f.applications_handled_total_total"
OF = "FROM report r JOIN organ o ON o.id = r.organ LEFT JOIN figures f ON f.report = r.id "
OF += "WHERE o.kind = 'government' AND o.level = 'county' AND r.year = 2024"
GROUNDS = [row for row in (each.code for each in panel.columns()) if row.startswith("refused_")]
REFUSED = " + ".join(f"f.applications_{ground}_total" for ground in GROUNDS)
BY_HAND = {
    "new_received": f"SELECT sum(f.applications_new_received_total), count(f.applications_new_received_total) {OF}",
    "disclosure_rate": f"SELECT 1.0 * sum(f.applications_granted_total) / sum({HANDLED}), count(*) {OF} "
    f"AND {HANDLED} > 0 AND f.applications_granted_total IS NOT NULL",
    "refusal_rate": f"SELECT 1.0 * sum({REFUSED}) / sum({HANDLED}), count(*) {OF} AND {HANDLED} > 0 "
    f"AND ({REFUSED}) IS NOT NULL",
    "refused_internal_affairs_rate": "SELECT 1.0 * sum(f.applications_refused_internal_affairs_total) / "
    f"sum({HANDLED}), count(*) {OF} AND {HANDLED} > 0 AND f.applications_refused_internal_affairs_total IS NOT NULL",
    "review_corrected_rate": "SELECT 1.0 * sum(f.review_review_corrected) / "
    "sum(f.review_review_total - f.review_review_pending), count(*) "
    f"{OF} AND f.review_review_total - f.review_review_pending > 0 AND f.review_review_corrected IS NOT NULL",
    "days_late_mean": f"SELECT avg(r.days_late), count(r.days_late) {OF}",
    "late_share": f"SELECT avg(r.days_late > 0), count(r.days_late) {OF}",
    "verified_share": f"SELECT avg(r.verdict = 'verified'), count(*) {OF}",
    "new_received_growth": "SELECT 1.0 * sum(f.applications_new_received_total) / "
    "sum(b.applications_new_received_total) - 1, count(*) FROM report r JOIN organ o ON o.id = r.organ "
    "JOIN figures f ON f.report = r.id JOIN report before ON before.organ = r.organ AND before.year = 2023 "
    "JOIN figures b ON b.report = before.id WHERE o.kind = 'government' AND o.level = 'county' AND r.year = 2024 "
    "AND b.applications_new_received_total > 0 AND f.applications_new_received_total IS NOT NULL",
    "review_upheld_rate": "SELECT 1.0 * sum(f.review_review_upheld) / "
    "sum(f.review_review_total - f.review_review_pending), count(*) "
    f"{OF} AND f.review_review_total - f.review_review_pending > 0 AND f.review_review_upheld IS NOT NULL",
    "no_requests_share": "SELECT avg(f.applications_new_received_total = 0), count(*) "
    f"{OF} AND f.applications_new_received_total IS NOT NULL",
    "contact_completeness": f"SELECT 1.0, count(*) {OF} AND r.verdict <> 'unreadable'",
    "text_length_mean": f"SELECT avg(r.text_length), count(*) {OF} AND r.text_length > 0",
    "failed_checks_mean": f"SELECT avg(r.failed_checks), count(*) {OF} AND r.verdict IN ('verified', 'inconsistent')",
    "inconsistent_share": f"SELECT avg(r.verdict = 'inconsistent'), count(*) {OF}",
}  # fmt: skip


@pytest.fixture(scope="module")
def connection(generated: Path, tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    """A copy of the generated database, to be changed."""
    file = tmp_path_factory.mktemp("indicators") / "gongkai.db"
    shutil.copy(generated, file)
    return sqlite3.connect(file)


@pytest.mark.parametrize("code", BY_HAND)
def test_pooled_values_are_those_of_sql_by_hand(connection: sqlite3.Connection, code: str) -> None:
    indicator = summary.indicators()[code]
    pooled = summary.summarise(connection).pooled(indicator, "year", COUNTIES)[2024]
    value, used = connection.execute(BY_HAND[code]).fetchone()
    assert summary.value(indicator, pooled) == pytest.approx(value, abs=1e-6)
    assert pooled.used == used


OF_ONE_ORGAN = [code for code, each in summary.indicators().items() if code != "new_per_100k" and not each.of_a_group]


@pytest.mark.parametrize("code", OF_ONE_ORGAN)
def test_an_organs_value_is_the_pooled_value_of_it_alone(connection: sqlite3.Connection, code: str) -> None:
    indicator = summary.indicators()[code]
    below = indicator.denominator or "1"
    for above, under, value in connection.execute(
        f"SELECT {indicator.numerator}, {below}, {indicator.source} FROM panel WHERE year = 2023 LIMIT 200"
    ):
        if value is not None:
            assert value == pytest.approx(indicator.scale * above / under, abs=1e-5)
        else:
            assert above is None or under is None or under <= 0


def test_a_blank_is_zero_where_the_sums_prove_it_and_unknown_elsewhere(connection: sqlite3.Connection) -> None:
    for verdict, expected in (("verified", 0.0), ("inconsistent", None)):
        report = connection.execute(
            "SELECT p.report FROM panel p WHERE verdict = ? AND granted = 0 AND handled_total > 0 LIMIT 1", (verdict,)
        ).fetchone()[0]
        connection.execute("UPDATE figures SET applications_granted_total = NULL WHERE report = ?", (report,))
        connection.execute("INSERT OR IGNORE INTO dirty VALUES (?)", (report,))
        connection.execute("DELETE FROM panel WHERE report = ?", (report,))
        connection.execute(panel.insert())
        connection.execute("DELETE FROM dirty")
        granted, rate = connection.execute(
            "SELECT granted, disclosure_rate FROM panel WHERE report = ?", (report,)
        ).fetchone()
        assert granted is None, "the count stays as it is printed"
        assert rate == expected, verdict
    connection.rollback()


def test_the_funnel_and_the_distribution_hold_every_organ(connection: sqlite3.Connection) -> None:
    indicator = summary.indicators()["review_corrected_rate"]
    known = connection.execute(
        "SELECT count(*), sum(review_corrected), sum(review_total - review_pending) FROM panel WHERE level = 'county' "
        "AND kind = 'government' AND year = 2024 AND review_corrected_rate IS NOT NULL"
    ).fetchone()
    funnel = spread.funnel(connection, indicator, COUNTIES, 2024)
    assert funnel is not None
    assert sum(point["organs"] for point in funnel.points) == known[0]
    assert funnel.rate == pytest.approx(known[1] / known[2])
    assert all(0 <= bound["low"] <= bound["rate"] <= bound["high"] <= 1 for bound in funnel.bounds)
    for code in ("review_corrected_rate", "review_to_court_share", "new_received", "days_late_mean", "reviews_per_100"):
        counted = connection.execute(
            f"SELECT count({summary.indicators()[code].source}) FROM panel WHERE level = 'county' "
            "AND kind = 'government' AND year = 2024"
        ).fetchone()[0]
        classes = spread.distribution(connection, summary.indicators()[code], COUNTIES, 2024)
        assert sum(each["organs"] for each in classes) == counted, code


def test_requests_per_100_000_need_a_table_of_inhabitants(generated: Path, tmp_path: Path, get_generated: Get) -> None:
    assert get_generated("/indicators/new_per_100k").status_code == 404
    assert "new_per_100k" not in get_generated("/indicators").text
    file = tmp_path / "snapshot.db"
    shutil.copy(generated, file)
    known = sqlite3.connect(file)
    division, received = known.execute(
        "SELECT division, new_received FROM panel WHERE kind = 'government' AND level = 'county' AND year = 2024 "
        "AND new_received > 0 LIMIT 1"
    ).fetchone()
    known.close()
    (tmp_path / population.FILE).write_text(f"division,year,population\n{division},2020,250000\n", encoding="utf-8-sig")
    page = client_of(build(tmp_path))("/indicators/new_per_100k?basis=county-government&year=2024&lang=en")
    assert page.status_code == 200
    assert f'<td class="num">{received / 2.5:,.2f}'.rstrip("0").rstrip(".") in page.text


def test_a_wrong_table_of_inhabitants_is_one_line(generated: Path, tmp_path: Path) -> None:
    shutil.copy(generated, tmp_path / "snapshot.db")
    (tmp_path / population.FILE).write_text("division,year,population\n110000,2020,many\n")
    with pytest.raises(population.BadTable, match=r"population\.csv: line 2 has no whole numbers"):
        build(tmp_path)


def test_a_province_ranks_its_own_organs(generated: Path, get_generated: Get) -> None:
    known = sqlite3.connect(generated)
    expected = known.execute(
        "SELECT organ_name, report FROM panel WHERE province = '110000' AND kind = 'government' AND level = 'county' "
        "AND year = 2024 AND disclosure_rate_partly IS NOT NULL ORDER BY disclosure_rate_partly DESC, report"
    ).fetchall()
    known.close()
    page = get_generated(
        "/indicators/disclosure_rate_partly?province=110000&basis=county-government&year=2024&lang=zh"
    ).text
    table = page[page.rindex("<table") :]
    assert [f'href="/report/{report}">{name}' in table for name, report in expected] == [True] * len(expected)
    assert table.index(expected[0][1]) < table.index(expected[-1][1]) and table.count("/report/") == len(expected)


def test_concentration_is_the_share_of_the_ten_with_the_most(connection: sqlite3.Connection) -> None:
    indicator = summary.indicators()["concentration"]
    departments = Basis("county", "department")
    national = summary.summarise(connection).pooled(indicator, "year", departments)[2024]
    received = sorted(
        (row[0] for row in connection.execute(
            "SELECT new_received FROM panel WHERE year = 2024 AND level = 'county' AND kind <> 'government' "
            "AND new_received IS NOT NULL"
        )), reverse=True,
    )  # fmt: skip
    assert summary.value(indicator, national) == pytest.approx(sum(received[:10]) / sum(received), abs=1e-6)
    assert national.used == len(received)


def test_a_group_of_ten_organs_has_no_concentration(connection: sqlite3.Connection) -> None:
    for organs, share in connection.execute("SELECT organs, share FROM concentration"):
        assert (share is None) == (organs <= 10)


def test_growth_falls_into_classes_below_and_above_zero(connection: sqlite3.Connection) -> None:
    growth = summary.indicators()["new_received_growth"]
    classes = spread.distribution(connection, growth, COUNTIES, 2024)
    known = connection.execute(
        "SELECT count(new_received_growth), sum(new_received_growth < 0) FROM panel "
        "WHERE year = 2024 AND kind = 'government' AND level = 'county'"
    ).fetchone()
    assert (sum(row["organs"] for row in classes), sum(row["organs"] for row in classes[:4])) == known


def test_a_report_of_zeros_is_told_from_one_with_figures(connection: sqlite3.Connection) -> None:
    report = connection.execute("SELECT report FROM panel WHERE verdict = 'verified' AND all_zero = 0").fetchone()[0]
    zeros = ", ".join(f"{each.code} = 0" for each in forms.figures())
    connection.execute(f"UPDATE figures SET {zeros}, proactive_fees_10k_yuan = NULL WHERE report = ?", (report,))
    for expected, change in ((1, None), (0, "applications_granted_total = 1")):
        if change:
            connection.execute(f"UPDATE figures SET {change} WHERE report = ?", (report,))
        connection.execute("INSERT INTO dirty VALUES (?)", (report,))
        connection.execute("DELETE FROM panel WHERE report = ?", (report,))
        connection.execute(panel.insert())
        connection.execute("DELETE FROM dirty")
        assert connection.execute("SELECT all_zero FROM panel WHERE report = ?", (report,)).fetchone()[0] == expected
