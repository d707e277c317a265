"""The page around a report: titles, dates, metadata, navigation, footers with others' telephones, and charsets."""

from __future__ import annotations

import random
from dataclasses import dataclass
from html import escape

from demo.writing import Report
from tests.gold.cases import spelled


@dataclass
class Page:
    """How the page around the report is written."""

    head: str = "trs"  # trs, ucap, visible, bracket, none: where the publication date stands
    metadata_table: bool = False
    before: str = ""  # HTML before the article
    after: str = ""
    title: str | None = None  # of the page, where it is not the report's
    stop_at_title: bool = True


def wrapped(report: Report, article: str, page: Page, chance: random.Random) -> str:
    """The whole page, as text."""
    day, title = report.published, escape(page.title or report.title)
    meta, info = "", ""
    if page.head == "trs":
        meta = f'<meta name="PubDate" content="{day} 10:12"><meta name="ArticleTitle" content="{title}">'
        info = f'<div class="info"><span>时间：{day} 10:12</span><span>来源：{report.organ.name}</span></div>'
    elif page.head == "ucap":
        made = f"{day.year + 2}-04-24 10:00:43"
        meta = (
            f'<meta name="PubDate" content="{made}"><meta name="others" content="页面生成时间 {made}">'
            f'<meta name="ColumnName" content="头部">'
        )
        info = f"<div>发布日期：<publishtime>{day} 10:49:00</publishtime></div>"
    elif page.head == "visible":
        info = (
            f"<div>发布日期：{spelled(day)}　浏览次数：<span>{chance.randint(20, 9000)}</span>次　字体：大 中 小</div>"
        )
    elif page.head == "bracket":
        info = f"<p>信息来源：{report.organ.name} 发布日期:[{day}]</p>"
    table = ""
    if page.metadata_table:
        table = (
            f"<table><tr><td>索引号：</td><td>{chance.randint(10**8, 10**9)}/{day.year}-0{chance.randint(1000, 9999)}"
            "</td>"
            f"<td>分类：</td><td>年报</td></tr><tr><td>发布机构：</td><td>{report.organ.name}</td><td>公开日期：</td>"
            f"<td>{day}</td></tr><tr><td>文号：</td><td>无</td><td>关键词：</td><td>政府信息公开,总计,其他</td></tr></table>"
        )
    return (
        f"<!DOCTYPE html><html><head>%CHARSET%<title>{title}</title>{meta}</head><body>\n"
        '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li>'
        '<li><a href="/fzzf/">法治政府建设年度报告</a></li></ul></div>\n'
        f'{page.before}{table}<h1 class="title">{title}</h1>{info}\n'
        f'<div id="zoom" class="article">\n{article}\n</div>\n'
        f'{page.after}<div class="share">上一篇：<a href="/x/1.html">关于春耕工作的通知</a></div>'
        '<div class="footer"><p>主办：某某市人民政府办公室　技术支持：青石科技有限公司 技术支持电话：0398-7770000</p>'
        "<p>网站标识码：9900000001　政务服务便民热线：12345</p></div></body></html>\n"
    )


#: How a page says its charset and what it really is: (declared in the page, in the header, real encoding).
CHARSETS: dict[str, tuple[str | None, str | None, str]] = {
    "utf-8": ("utf-8", "utf-8", "utf-8"),
    "utf-8-undeclared": (None, None, "utf-8"),
    "utf-8-bom": (None, None, "utf-8-sig"),
    "gbk": ("gbk", None, "gb18030"),
    "gb2312-header": (None, "gb2312", "gb18030"),
    "gbk-undeclared": (None, None, "gb18030"),
    "utf-8-as-gb2312": ("gb2312", None, "utf-8"),
    "gbk-as-utf-8": ("utf-8", "utf-8", "gb18030"),
    "latin-1-header": (None, "iso-8859-1", "utf-8"),
    "big5": ("big5", None, "big5"),
    "utf-16": (None, None, "utf-16"),
}


def encoded(page: str, charset: str) -> tuple[bytes, str | None]:
    """The page's bytes and its Content-Type, in one of the ``CHARSETS``."""
    declared, header, real = CHARSETS[charset]
    tag = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    body = page.replace("%CHARSET%", tag).encode(real, "xmlcharrefreplace")
    return body, f"text/html; charset={header}" if header else ("text/html" if declared is None else None)
