"""How portals put a report on a page: held in a script, drawn by styles, among toolbars, side columns and imprints."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable

from demo.organs import invented
from demo.render import Bend
from demo.writing import Report, write
from tests.gold.cases import Case, Sample, Truth
from tests.gold.hands import Hand
from tests.gold.pages import Page, encoded, wrapped

_DRAWN = (("table", "table"), ("tr", "table-row"), ("td", "table-cell"))


def scripted(made: Case) -> tuple[bytes, str, str | None]:
    """The article is a string in a script, with its title and its time beside it; the page shows an empty box."""
    report = made.report
    held = {
        "id": made.chance.randint(10**6, 10**7),
        "title": report.title,
        "content": Hand().article(report, None),
        "display_publish_time": f"{report.published} 09:30:00",
        "source": report.organ.name,
    }
    written = json.dumps(held, ensure_ascii=made.chance.random() < 0.5).replace("</", "<\\/")
    script = f"<script>window._CONFIG = {{SID: '755041', DETAIL: {written}}};</script>"
    page = f"<html><head>%CHARSET%<title></title></head><body><div id=app></div>{script}</body></html>"
    body, content_type = encoded(page, "utf-8")
    return body, "report.html", content_type


def drawn_by_styles(report: Report, hand: Hand, bend: Bend | None) -> str:
    """Tables of boxes that only their styles make rows and cells, each cell with a box in it."""
    text = re.sub(r"</?(?:tbody|thead|colgroup|col)[^>]*>", "", hand.article(report, bend))
    text = re.sub(r"<td[^>]*>(.*?)</td>", r"<td><div>\1</div></td>", text, flags=re.S)
    for tag, shown in _DRAWN:
        text = re.sub(rf"<{tag}\b[^>]*>", f'<div style="display:{shown}">', text).replace(f"</{tag}>", "</div>")
    return text


def furnished(made: Case) -> tuple[bytes, str, str | None]:
    """Toolbar, a side column's years and the column's label above a title that is broken in two, an imprint below."""
    before = (
        "<div>无障碍浏览 | 进入适老模式 | 您已进入主内容区，按Tab键浏览</div>"
        "<ul><li>2019</li><li>2020</li><li>2021</li></ul>"
        "<dl><dt>索引号：</dt><dd>700000001/2024-00017</dd><dt>信息分类：</dt><dd>政府信息公开年报</dd></dl>"
    )
    after = (
        "<footer><span>版权所有：云溪县人民政府</span><span>地址：云溪县府前街1号 邮编：300001</span>"
        "<span>网站电话：0300-7654321（仅受理网站建设维护相关事宜）</span></footer>"
    )
    page = Page("visible", before=before, after=after)
    text = wrapped(made.report, Hand().article(made.report, None), page, made.chance)
    title = made.report.title
    broken = title.replace("政府信息公开", "<br>政府信息公开", 1)
    text = text.replace(f'<h1 class="title">{title}</h1>', f"<p><strong>{broken}</strong></p>")
    body, content_type = encoded(text.replace(f"<title>{title}</title>", "<title>云溪县人民政府</title>"), "utf-8")
    return body, "report.html", content_type


def in_its_column(made: Case) -> tuple[bytes, str, str | None]:
    """The page's title begins with the site's and the column's names."""
    page = Page(title=f"云溪县人民政府-政府信息公开年报-{made.report.title}")
    text = wrapped(made.report, Hand().article(made.report, None), page, made.chance)
    text = text.replace(f'<h1 class="title">{page.title}</h1>', f"<div>{made.report.title}</div>")
    body, content_type = encoded(text, "utf-8")
    return body, "report.html", content_type


#: Papers that a portal files in the reports' column; the year is put in.
PAPERS: dict[str, str] = {
    "accounts": "云溪县水务局{}年度部门决算公开报告",
    "bulletin": "云溪县{}年国民经济和社会发展统计公报",
    "letters": "云溪县{}年度网民留言办理情况统计",
    "hotline": "云溪县{}年6月政务服务便民热线运行情况月报",
    "enforcement": "云溪县水务局{}年度行政执法统计年报",
}


def paper_in_the_column(kind: str) -> Callable[[int], Sample]:
    """Another paper on a page whose title names the column of the reports."""

    def make(number: int) -> Sample:
        name = PAPERS[kind].format(2019 + number % 6)
        report = write(invented(f"papers {number}", 6).organs[number % 6], 2023, None, number)
        report.title = f"云溪县人民政府-政府信息公开年报-{name}"
        text = "<p>现将有关情况公布如下。</p><table><tr><td>类别</td><td>收到</td><td>办结</td><td>总计</td></tr>"
        text += f"<tr><td>{kind}</td><td>{number}</td><td>{number}</td><td>{2 * number}</td></tr></table>"
        page = wrapped(report, text, Page("visible"), random.Random(number))
        page = page.replace(f'<h1 class="title">{report.title}</h1>', f"<div>{name}</div>")
        body, content_type = encoded(page, "utf-8")
        truth = Truth(None, None, None, None, {}, {}, {}, [], "not_a_report")
        return Sample(f"decoy-in-column-{kind}", "none", number, body, "page.html", [truth], None, content_type)

    return make
