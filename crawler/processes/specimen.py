"""Pages that hold what a crawl meets.

The nursery reads them before it forks: what is compiled and loaded for them once needs not be so in every process.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reports.forms import form

#: A list page: links by name, by year, by organ, to a file, by a script, and a count of pages.
LIST = """<html><head><title>年度报告</title></head><body onload="go('/')"><h2>政府信息公开年报</h2><ul>
<li><a href="/zwgk/nb/202501/t20250120_1.html">某某市2024年政府信息公开工作年度报告</a><span>2025-01-20</span></li>
<li><a href="/zwgk/nb/2023.pdf">2023年</a></li><li><a href="/zwgk/jyj/">教育局</a></li>
<li><a href="/gg/">通知公告</a></li><li><a href="/xw/1.html?page=2">新闻</a></li>
<li onclick="window.open('/zwgk/list.html')">政务公开</li></ul>
<table><tr><td>本年新收政府信息公开申请数量</td><td>1</td></tr></table>
<script>var menu = {name: "年报", url: "/nb/"};</script>共1页</body></html>"""

_HEAD = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">
<title>某某市教育局2024年政府信息公开工作年度报告</title>
<meta name="SiteName" content="某某市人民政府">
<meta name="ArticleTitle" content="某某市教育局2024年政府信息公开工作年度报告">
<meta name="PubDate" content="2025-01-20 09:00"><meta name="ColumnName" content="年报">
<style>.note { display: none } #code { color: #333 }</style></head><body>
<div class="header nav"><a href="/">首页</a></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/nb/">年报</a></div>
<h1 class="title">某某市教育局2024年政府信息公开工作年度报告</h1>
<div class="info">发布时间：2025-01-20 来源：某某市教育局 浏览次数：12</div>
<div class="note" style="display:none">打印本页</div><div class="content">
<p>根据《中华人民共和国政府信息公开条例》编制本报告。本报告数据统计期限为2024年1月1日至2024年12月31日。联系地址：某某市人民路1号，
邮编：100000，联系电话：0100-2345678，传真：0100-2345679，电子邮箱：a@example.gov.cn，网址：www.example.gov.cn。</p>
<p>一、总体情况</p><p>（一）主动公开。全年主动公开政府信息1,200条，比上年增长12.5%，其中规范性文件3件。</p>
<p>（二）依申请公开。收到政府信息公开申请1件，上年结转0件，办结1件，予以公开1件，结转下年度继续办理0件。</p>
<p>（三）行政复议0件，行政诉讼0件。本年度未收取信息处理费。</p><p>（四）政府信息管理。更新公开指南一次。</p>"""
_TAIL = """<p>五、存在的主要问题及改进情况</p><p>公开内容不够及时。下一步将加强培训。</p><p>六、其他需要报告的事项</p>
<p>无。</p><p>某某市教育局</p><p>2025年1月20日</p><a href="/nb/1.pdf">附件：年度报告.pdf</a></div>
<div class="footer">版权所有：某某市人民政府 京ICP备00000000号</div></body></html>"""


def report() -> str:
    """A whole report as a page: sentences, dates, contact, and the three tables in the words of the forms."""
    return "\n".join([_HEAD, "<p>二、主动公开政府信息情况</p>", _proactive(),
                      "<p>三、收到和处理政府信息公开申请情况</p>", _applications(),
                      "<p>四、政府信息公开行政复议、行政诉讼情况</p>", _review(), _TAIL])  # fmt: skip


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells; a figure 0 in every empty one."""
    lines = ("".join(f"<td><p>{cell or '0'}</p></td>" for cell in row) for row in rows)
    return f"<table border=1>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _labels(parts: Sequence[dict[str, Any]]) -> list[str]:
    return [str(part["label"]) for part in parts]


def _proactive() -> str:
    rows: list[list[str]] = []
    for block in form("proactive")["generations"]["2021"]:
        empty = [""] * len(block["columns"])
        rows.append([block["paragraph"]])
        rows.append(["信息内容", *_labels(block["columns"])])
        rows += [[label, *empty] for label in _labels(block["rows"])]
    return _table(rows)


def _applications() -> str:
    known = form("applications")
    empty = [""] * len(known["columns"])
    rows = [[f"{row.get('number', '')}{row['label']}", *empty] for row in known["rows"]]
    return _table([["申请人情况", *_labels(known["columns"])], *rows])


def _review() -> str:
    known = form("review")
    columns = _labels(known["columns"])
    rows = _labels(known["rows"])
    return _table([[row for row in rows for _ in columns], columns * len(rows), [""] * len(columns) * len(rows)])
