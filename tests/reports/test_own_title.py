"""The title that a file says of itself, and what programs write where nobody gave one."""

from __future__ import annotations

import pytest

from reports.document import Document, Paragraph
from reports.metadata import Hints, describe
from reports.metadata.own_title import own_title

PRINTED = "柳溪县水务局2023年政府信息公开工作年度报告"


def title_of(own: str, *lines: str) -> str | None:
    flow = [Paragraph(text, number) for number, text in enumerate((*lines, "一、总体情况", "本年共收到申请3件。"))]
    return describe(Document("pdf", flow=list(flow), title=own), Hints()).title


@pytest.mark.parametrize(
    "said",
    ["about:blank", "untitled", "Untitled Document", "无标题", "无标题文档", "未命名", "文档1", "Document2",
     "新建 Microsoft Word 文档",
     "Microsoft Word - 文档1", "Microsoft Word - 新建 DOC 文档.doc", "PowerPoint 演示文稿", "Sheet1", ""],
)  # fmt: skip
def test_a_programs_words_are_no_title(said: str) -> None:
    assert own_title(said)[0] == ""
    assert title_of(said) is None
    assert title_of(said, PRINTED) == PRINTED


def test_a_title_that_somebody_gave_is_one() -> None:
    assert own_title(f" {PRINTED} ") == (PRINTED, False)
    assert own_title("Microsoft Word 2023年报使用说明") == ("Microsoft Word 2023年报使用说明", False)


@pytest.mark.parametrize("said", [f"Microsoft Word - {PRINTED}.doc", f"{PRINTED}.pdf", f"WPS 文字 - {PRINTED}"])
def test_a_files_name_is_less_than_what_is_printed(said: str) -> None:
    assert title_of(said, "2023年政府信息公开工作年度报告") == "2023年政府信息公开工作年度报告"
    assert title_of(said) == PRINTED


def test_the_sites_name_before_an_articles_title_is_not_the_organs() -> None:
    """柳溪县人民政府 2023年政府信息公开工作年度报告, over a bureau's report without a name in its heading."""
    from reports import extract

    said = "2023年政府信息公开工作年度报告"
    page = (
        f"<html><head><title>柳溪县人民政府 {said}</title></head><body><h1>{said}</h1>"
        "<p>根据条例要求，现公布柳溪县水务局2023年政府信息公开工作年度报告。</p><p>一、总体情况</p><p>2023年，我局加强公开。</p></body></html>"
    )
    record = extract(page.encode(), name="a.html")[0]
    assert (record.title, record.organ) == (said, "柳溪县水务局")
    bare = page.replace(f"<h1>{said}</h1>", "")
    assert extract(bare.encode(), name="a.html")[0].organ == "柳溪县人民政府", "where only the page's title names one"
