"""Where a page's article ends: what the template prints below it is no text of the report."""

from __future__ import annotations

import pytest

from reports.metadata import Description, describe
from reports.readers.html.page import read_html

TITLE = "临江市水务局2024年政府信息公开工作年度报告"
LAST = "本年度没有收取信息处理费。"
TEXT = (
    "<p>一、总体情况</p><p>按照条例要求编制本报告，统计期限为2024年。</p>"
    "<p>二、主动公开政府信息情况</p><table><tr><td>规章</td><td>0</td><td>1</td></tr></table>"
    "<p>三、收到和处理政府信息公开申请情况</p><p>全年收到申请三件。</p>"
    "<p>四、政府信息公开行政复议、行政诉讼情况</p><p>无。</p>"
    "<p>五、存在的主要问题及改进情况</p><p>公开的主动性有待加强。</p>"
    f"<p>六、其他需要报告的事项</p><p>{LAST}</p>"
)
BELOW = "<div class='x1'>江畔花园新房开盘 4408</div><div>大家都在看 水价听证会</div><p>多云转晴</p>"


def read(body: str) -> Description:
    return describe(read_html(f"<title>{TITLE}</title><body>{body}</body>".encode()))


@pytest.mark.parametrize(
    "frame",
    ["<div class=main><h1>{title}</h1><div class=c7>{text}</div>{below}</div>",
     "<table><tr><td><h1>{title}</h1></td></tr><tr><td>{text}</td></tr><tr><td>{below}</td></tr></table>",
     "<h1>{title}</h1><section><article>{text}</article>{below}</section>"],
    ids=["div", "cell", "article"],
)  # fmt: skip
def test_what_stands_below_the_article_is_no_text_of_its_last_section(frame: str) -> None:
    found = read(frame.format(title=TITLE, text=TEXT, below=BELOW))
    assert found.sections[-1].text == LAST


def test_sections_in_boxes_of_their_own_are_read_whole() -> None:
    boxes = "".join(f"<div class=card><div>{part}</div></div>" for part in TEXT.split("</p>"))
    found = read(f"<h1>{TITLE}</h1><div>{boxes}</div>")
    assert len(found.sections) == 6 and found.sections[-1].text == LAST


def test_a_last_section_whose_text_stands_outside_the_box_keeps_it() -> None:
    found = read(f"<h1>{TITLE}</h1><div>{TEXT.removesuffix(f'<p>{LAST}</p>')}</div><div>{LAST}</div>")
    assert found.sections[-1].text == LAST


def test_a_signature_below_the_box_is_the_reports() -> None:
    found = read(f"<h1>{TITLE}</h1><div>{TEXT}</div><p>临江市水务局</p><p>2025年1月17日</p>{BELOW}")
    assert found.sections[-1].text == LAST
    assert found.published == "2025-01-17"
