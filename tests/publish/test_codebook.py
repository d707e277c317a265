"""Every table and column is described, in both languages, and every text has its translation."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import data
from pipelines.store import panel
from publish import codebook, summary
from publish.site import TEMPLATES

ROOT = Path(__file__).resolve().parent.parent.parent


def test_every_shown_column_is_described(generated: Path) -> None:
    connection = sqlite3.connect(generated)
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    undescribed = [
        f"{name}.{row[1]}"
        for name in names
        if name in codebook.tables()
        for row in connection.execute(f'PRAGMA table_info("{name}")')
        if not codebook.described(name, row[1])
    ]
    connection.close()
    assert undescribed == []
    unknown = [
        name
        for name in names
        if name not in codebook.tables() and not name.startswith(codebook.hidden()) and "sqlite" not in name
    ]
    assert unknown == []
    assert set(codebook.tables()) <= set(names)


def test_texts_have_both_languages_and_the_same_places() -> None:
    for key, entry in data.load_yaml("texts/site.yaml").items():
        assert set(entry) == {"zh", "en"}, key
        assert set(re.findall(r"{(\w+)}", entry["zh"])) == set(re.findall(r"{(\w+)}", entry["en"])), key


def test_every_text_that_is_used_exists() -> None:
    known = set(data.load_yaml("texts/site.yaml"))
    used: set[str] = set()
    for path in [*TEMPLATES.glob("*.html"), *(ROOT / "publish").rglob("*.py")]:
        used |= set(re.findall(r"\b(?:t|text)\(['\"](\w+)['\"]\s*[,)]", path.read_text(encoding="utf-8")))
    assert used - known == set()


def test_labels_are_not_the_code_itself() -> None:
    for name, table in codebook.tables().items():
        assert table.label != name and table.label_en, name


def test_indicators_say_what_they_are_and_have_the_panels_labels() -> None:
    of_panel = {each.code for each in panel.columns()}
    for code, indicator in summary.indicators().items():
        if code in of_panel:
            assert codebook.column("panel", code).label == indicator.label
        entry = summary.entry(indicator)
        assert all((entry.label, entry.label_en, entry.unit, entry.unit_en, entry.note, entry.note_en, entry.formula))


def test_what_the_issue_asks_is_an_indicator() -> None:
    grounds = {f"{each.code}_rate" for each in panel.columns() if each.code.startswith("refused_")}
    asked = {"new_received", "new_per_100k", "disclosure_rate", "disclosure_rate_partly", "not_held_rate",
             "not_processed_rate", "carried_forward_rate", "reviews_per_100", "suits_per_100", "review_corrected_rate",
             "days_late_mean", "verified_share"}  # fmt: skip
    assert len(grounds) == 8 and grounds | asked <= set(summary.indicators())
