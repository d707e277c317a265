# ruff: noqa: E501 - markup as portals write it
"""A page that holds an organ's reports of several years under one title."""

from __future__ import annotations

import reports

TABLE = (
    "<table><tr><td colspan=4>第二十条第（一）项</td></tr><tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>"
    "<tr><td>规章</td><td>0</td><td>0</td><td>0</td></tr><tr><td>行政规范性文件</td><td>{0}</td><td>0</td><td>9</td></tr>"
    "<tr><td colspan=4>第二十条第（五）项</td></tr><tr><td>信息内容</td><td colspan=3>本年处理决定数量</td></tr>"
    "<tr><td>行政许可</td><td colspan=3>5{0}</td></tr></table>"
)


def year(number: int) -> str:
    own = f"<h2>云溪县三河镇人民政府{number}年政府信息公开工作年度报告</h2><p>统计期限自{number}年1月1日起至{number}年12月31日止。</p>"
    sections = f"<p>一、总体情况</p><p>{number}年，三河镇认真公开。</p><p>二、主动公开政府信息情况</p>{TABLE.format(number - 2018)}"
    return own + sections + "<p>五、存在的主要问题及改进情况</p><p>公开不够及时。</p>"


def test_each_year_is_a_report_of_its_own() -> None:
    title = "云溪县三河镇人民政府2021年至2023年政府信息公开工作年度报告"
    body = "".join(map(year, (2021, 2022, 2023)))
    page = (
        f"<html><head><title>{title}-云溪县人民政府</title></head><body><h1>{title}</h1><div>{body}</div></body></html>"
    )
    records = reports.extract(page.encode(), name="a.html", hints=reports.Hints(anchor=title))
    assert [(each.organ, each.year) for each in records] == [
        ("云溪县三河镇人民政府", each) for each in (2021, 2022, 2023)
    ]
    assert not [each.code for record in records for each in record.problems if each.code == "year-conflict"]
