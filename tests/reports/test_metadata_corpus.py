"""Organ, year, date, contact and classification on the real reports and pages of the shared corpus."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reports import read_document
from reports.classify import classify
from reports.metadata import describe

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
GOLD = [json.loads(line) for line in (CORPUS / "gold.jsonl").read_text("utf-8").splitlines()] if CORPUS.exists() else []
PAGES = sorted((CORPUS / "pages").glob("*")) if CORPUS.exists() else []

pytestmark = pytest.mark.skipif(not CORPUS.exists(), reason="the shared corpus is not beside this clone")


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: Path(gold["file"]).stem)
def test_what_gold_says_beside_the_tables(gold: dict[str, object]) -> None:
    path = CORPUS / str(gold["file"])
    document = read_document(path.read_bytes(), name=path.name)
    found = describe(document)
    assert (found.organ, found.year) == (gold["organ"], gold["year"])
    if "published" in gold:
        assert found.published == gold["published"]
    contact = gold.get("contact", {})
    assert isinstance(contact, dict)
    for key, value in contact.items():
        read = getattr(found.contact, key)
        # gold gives Hongze's street without the city and district that the page prints before it
        assert value in read if key == "address" else read == value, key
    assert classify(document, found)[0] == "report"
    assert len(found.sections) == 6


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_other_page_is_a_report(path: Path) -> None:
    document = read_document(path.read_bytes(), name=path.name)
    assert classify(document, describe(document))[0] == "not_a_report"


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("article-ucap-wanzai-2015.html", "2017-05-15"),  # PubDate 2022 is the generation time
        ("article-ucap-yichun-2022.html", "2023-04-18"),
        ("article-trs-most.html", "2025-08-05"),
        ("article-sasac.html", "2024-12-17"),
        ("article-nfra-merged-cells.html", "2025-06-03"),
    ],
)
def test_dates_of_real_articles(name: str, published: str) -> None:
    path = CORPUS / "pages" / name
    found = describe(read_document(path.read_bytes(), name=name))
    assert found.published == published
