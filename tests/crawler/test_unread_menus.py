"""Menus beside a list that are no links and that nothing has read, and what only looks like one."""

from __future__ import annotations

import pytest

from crawler.discovery.page import read_page
from crawler.discovery.unread_menus import names

LIST = "<ul><li><a href='/nb/1.html'>云溪市民政局2024年政府信息公开工作年度报告</a></li></ul>"
SCRIPT = "<script src='/js/nb.js'></script>"


@pytest.mark.parametrize(
    ("menu", "found"),
    [
        ("<ul><li>民政局</li><li><span>水利局</span></li><li>统计局</li></ul>", ["民政局", "水利局", "统计局"]),
        ("<div><a href='#'>2024年</a><a href='javascript:;'>2023年</a><a>2022年</a></div>",
         ["2024年", "2023年", "2022年"]),
        ("<div><a href='/a/'>市民政局</a><a href='/b/'>市水利局</a><a href='/c/'>市统计局</a></div>", []),
        ("<ul><li>市民政局</li><li>市水利局</li></ul>", []),
        ("<div><span>主办单位：市政府</span><span>承办单位：市数据局</span><span>协办单位：市民政局</span></div>", []),
        ("<div class='footer'><span>市民政局</span><span>市水利局</span><span>市统计局</span></div>", []),
        ("<table><tr><td><b>2022年</b></td><td><b>2023年</b></td><td><b>2024年</b></td></tr></table>", []),
        ("<ul><li>首页</li><li>政务要闻</li><li>互动交流</li></ul>", []),
    ],
)  # fmt: skip
def test_a_menu_is_names_side_by_side_that_are_no_links(menu: str, found: list[str]) -> None:
    assert names(read_page("http://a.gov.cn/nb/", f"<html><body>{menu}{LIST}{SCRIPT}</body></html>")) == found


def test_without_a_script_nothing_opens_a_menu() -> None:
    menu = "<ul><li>市民政局</li><li>市水利局</li><li>市统计局</li></ul>"
    assert names(read_page("http://a.gov.cn/nb/", f"<html><body>{menu}{LIST}</body></html>")) == []
