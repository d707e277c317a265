"""An article as a portal's script is given it: JSON whose content is markup."""

from __future__ import annotations

import json

import pytest

from reports import extract
from tests.gold.score import documents

PAGES = [
    made
    for style in ("html-boxed", "html-breaks", "html-commas", "html-typos", "html-spans-too-wide")
    for made in documents(1, style, slow=False)
    if not isinstance(made, str)
]


def article(body: bytes) -> str:
    text = body.decode("gb18030" if b"gb" in body[:200].lower() else "utf-8")
    return text[text.find("<body") :].split("</body>")[0].partition(">")[2]


@pytest.mark.parametrize("escaped", [True, False])
@pytest.mark.parametrize("called", [False, True])
def test_the_answer_is_read_like_the_page(escaped: bool, called: bool) -> None:
    assert PAGES
    for page in PAGES:
        (as_page,) = extract(page.body, name="page.html")
        answer = json.dumps({"code": 0, "data": {"content": article(page.body)}}, ensure_ascii=escaped)
        (found,) = extract((f"show({answer});" if called else answer).encode(), name="get.json")
        assert (found.applications, found.proactive, found.review) == (
            as_page.applications,
            as_page.proactive,
            as_page.review,
        )
        assert found.verdict == as_page.verdict


def test_a_script_within_the_article_ends_nothing() -> None:
    """``</script>`` and ``<!--`` in a text are characters of the answer, wherever they stand."""
    counter = "<!-- <script> --><script>count('</p>');</script>"
    for page in PAGES:
        plain, counted = (
            extract(json.dumps({"content": text}, ensure_ascii=False).encode(), name="get.json")[0]
            for text in (article(page.body), counter + article(page.body))
        )
        assert (counted.verdict, counted.applications) == (plain.verdict, plain.applications)
        assert plain.applications is not None


def test_a_list_as_json_is_no_report() -> None:
    answer = {"total": 2, "rows": [{"id": 1, "title": "云溪县水利局2024年政府信息公开工作年度报告"}]}
    (found,) = extract(json.dumps(answer, ensure_ascii=False).encode(), name="list.json")
    assert found.verdict == "not_a_report"


def test_articles_that_are_left_out_are_said() -> None:
    """An answer with the texts of eight reports: six are read, and nobody takes them for all."""
    page = article(PAGES[0].body)
    answer = {"rows": [{"id": n, "content": page.replace("本年新收", f"本年新收<!--{n}-->")} for n in range(8)]}
    found = extract(json.dumps(answer, ensure_ascii=False).encode(), name="list.json")
    said = [problem.message for record in found for problem in record.problems if problem.code == "cut"]
    assert said and "6 of 8" in said[0]
    assert "verified" not in {record.verdict for record in found}
