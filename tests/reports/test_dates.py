"""Dates as portals print them (reports/metadata/dates.py): never an invented day."""

from __future__ import annotations

import calendar
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.metadata.dates import address_date, find_dates, read_date

PRINTED = [
    ("2024-01-17", "2024-01-17"),
    ("2024/1/7", "2024-01-07"),
    ("2024.01.17 10:20", "2024-01-17"),
    ("2024年1月17日", "2024-01-17"),
    ("2020年08月02日", "2020-08-02"),
    ("2024 年 1 月 17 日", "2024-01-17"),
    ("2025- 02- 13", "2025-02-13"),
    ("2021-03-2918:26", "2021-03-29"),
    ("[2021-01-28]", "2021-01-28"),
    ("2024-01-17 10:00:002024-01-18 11:00:00", "2024-01-17"),
    ("2026-02-11 09:19", "2026-02-11"),
    ("2024-01-17T10:00:00+08:00", "2024-01-17"),
    ("20240117", "2024-01-17"),
    ("20240117102030", "2024-01-17"),
    ("发布日期：2024-01-31", "2024-01-31"),
    ("二〇二四年一月三十一日", "2024-01-31"),
    ("二○二四年十二月", "2024-12"),
    ("二零二四年十月二十日", "2024-10-20"),
    ("2024年", "2024"),
    ("2024年1月", "2024-01"),
    ("2024-01", "2024-01"),
    ("2023-02-30", "2023-02"),
    ("2024年13月", "2024"),
    ("Jan 17, 2024", "2024-01-17"),
    ("２０２４年１月１７日", "2024-01-17"),
    ("2024—01—17", "2024-01-17"),
    ("2024年元月7日", "2024-01-07"),
    ("2024年一月十七日", "2024-01-17"),
    ("二0二四年一月廿三日", "2024-01-23"),
    ("二〇二四年一月卅一日", "2024-01-31"),
    ("二〇二四年一月三十一号", "2024-01-31"),
    ("一九九九年五月三十日", "1999-05-30"),
]

NONE = ["", "t17883009", "17883009", "2024-13-01", "12345", "0777-2558895", "共2024件", "第711号"]


@pytest.mark.parametrize(("text", "expected"), PRINTED)
def test_printed_forms(text: str, expected: str) -> None:
    assert str(read_date(text)) == expected


@pytest.mark.parametrize("text", NONE)
def test_no_dates(text: str) -> None:
    assert read_date(text) is None


@given(st.dates(datetime.date(1998, 1, 1), datetime.date(2049, 12, 31)), st.sampled_from("-/."), st.booleans())
def test_every_date_comes_back(day: datetime.date, sign: str, padded: bool) -> None:
    pad = "02d" if padded else "d"
    for text in (
        f"{day.year}{sign}{day.month:{pad}}{sign}{day.day:{pad}}",
        f"{day.year}年{day.month:{pad}}月{day.day:{pad}}日",
        f"发布时间：{day.year}-{day.month:02d}-{day.day:02d} 10:20:30",
        f"{day.year}{day.month:02d}{day.day:02d}",
    ):
        assert str(read_date(text)) == day.isoformat()


@given(st.integers(1998, 2049), st.integers(1, 12))
def test_a_month_stays_a_month(year: int, month: int) -> None:
    assert str(read_date(f"{year}年{month}月")) == f"{year}-{month:02d}"


@given(st.text(alphabet="0123456789年月日-/. :tT二〇一十三", max_size=40))
def test_what_is_read_is_in_the_calendar(text: str) -> None:
    for read, start, end in find_dates(text):
        assert 0 <= start < end <= len(text)
        if read.day is not None:
            assert read.month is not None
            assert 1 <= read.day <= calendar.monthrange(read.year, read.month)[1]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://a.example/nb/202401/t20240115_3271106.html", "2024-01-15"),
        ("http://a.example/zfxxgkgzndbg_4/t17883009.shtml", None),
        ("http://a.example/art/2024/1/9/art_15476_1714907.html", "2024-01-09"),
        ("http://a.example/x/c112945/202401/46aba5e181454bc798b5443c493da056.shtml", "2024-01"),
        ("http://a.example/2023/01-19/2677014.html", "2023-01-19"),
        ("http://a.example/html/2023/0119/2677014.html", "2023-01-19"),
        ("http://a.example/c/2026-01-22/7100631.shtml", "2026-01-22"),
        ("http://a.example/kyzq/2026-01/21/article_2026012117595078718.html", "2026-01-21"),
        ("http://a.example/news/detail/20240112114204946.html", "2024-01-12"),
        ("http://a.example/xxgknb/2019/zfbm/list.html", None),
        ("http://a.example/zwgk/gknb/bmnb/1619593655548706818.html", None),
        ("http://a.example/nb/art/2026/art_f793c650c732461fb343a36ddbaae76d.html", "2026"),
        ("http://a.example/columns/8aef2fa0-cc14/202308/21/720faafd.html", "2023-08-21"),
        ("http://a.example/html/2022/2021n_0220/9556.html", "2022-02-20"),
    ],
)
def test_addresses(address: str, expected: str | None) -> None:
    read = address_date(address)
    assert (str(read) if read else None) == expected
