"""The registry: every entry is well formed, belongs to a division, and can be named on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

import data
from crawler.portals import registry


def test_every_province_and_prefecture_has_its_portal() -> None:
    portals = registry.load()
    divisions = {portal.division for portal in portals.values()}
    current = [row for row in data.load_csv("divisions.csv") if not row["valid_to"]]
    missing = [
        row["name"] for row in current if row["level"] in ("province", "prefecture") and row["code"] not in divisions
    ]
    assert missing == []
    codes = {row["code"] for row in current}
    assert [portal.id for portal in portals.values() if portal.division not in codes] == []
    assert {portal.state for portal in portals.values()} == {"unverified"}


def test_a_portal_is_named_by_id_or_address() -> None:
    portals = registry.load()
    assert registry.resolve("qinzhou", portals).division == "450700"
    assert registry.resolve("https://www.qinzhou.gov.cn", portals).id == "qinzhou"
    assert registry.resolve("www.qinzhou.gov.cn", portals).id == "qinzhou"
    assert registry.resolve("http://127.0.0.1:8000/", portals).id == "127.0.0.1-8000"


def test_adding_writes_an_entry_once(tmp_path: Path) -> None:
    portal, file = registry.add("http://www.example-county.gov.cn/", folder=tmp_path, family="trs")
    assert portal.id == "example-county.gov.cn"
    assert "looks like trs" in file.read_text("utf-8")
    assert registry.load(tmp_path)[portal.id].state == "unverified"
    with pytest.raises(ValueError, match="known already"):
        registry.add("https://example-county.gov.cn/", folder=tmp_path)


def test_a_malformed_entry_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("portals:\n  - {id: a, home: 'ftp://a/'}\n")
    with pytest.raises(data.DataFileError, match=r"x\.yaml"):
        registry.load(tmp_path)
