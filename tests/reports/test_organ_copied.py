"""An organ that was copied from another's report: told where its place is another's (reports/metadata/conflicts.py)."""

from __future__ import annotations

import pytest

from reports import extract
from reports.metadata.whose_place import are_apart, places

OWN = "沙河市水务局"


def conflicts(title: str = OWN, opening: str = "", next_step: str = "", head: str = "", above: str = "") -> list[str]:
    name = f"{title}2023年政府信息公开工作年度报告"
    markup = (
        f"<html><head><meta charset=utf-8><title>{name}</title>{head}</head><body>{above}<h1>{name}</h1>"
        f"<p>根据条例，编制本报告。{opening}</p><p>一、总体情况</p><p>2023年，我局收到申请3件。</p><p>做法一。</p><p>做法二。</p>"
        f"<p>做法三。</p><p>五、存在的主要问题及改进情况</p><p>{next_step}</p><p>六、其他需要报告的事项</p><p>无。</p></body></html>"
    )
    found = extract(markup.encode(), name="page.html")[0]
    assert found.organ == title
    return [problem.where for problem in found.problems if problem.code == "organ-conflict"]


@pytest.mark.parametrize(
    "other", ["六安市发展和改革委员会", "南丰县农业农村局", "国家税务总局东至县税务局", "江西省水利厅"]
)
def test_another_place_of_any_level_in_the_next_step(other: str) -> None:
    assert conflicts(next_step=f"下一步，{other}将继续完善公开制度。") == ["later section"]


@pytest.mark.parametrize("other", ["河北省水利厅", "邢台市水务局", "沙河市人民政府", "沙河市白塔镇人民政府"])
def test_the_places_above_and_below_are_none_of_another(other: str) -> None:
    assert conflicts(next_step=f"下一步，{other}将继续完善公开制度。") == []


@pytest.mark.parametrize(
    ("head", "above", "where"),
    [
        ('<meta name="SiteName" content="南丰县人民政府">', "", "meta sitename"),
        ('<meta name="ContentSource" content="南丰县水利局">', "", "meta contentsource"),
        ("", "<div>当前位置：首页 &gt; 政府信息公开 &gt; 南丰县水利局 &gt; 年报</div>", "breadcrumb"),
        (
            "",
            "<table><tr><td>索引号</td><td>A1</td><td>发布机构</td><td>南丰县水利局</td></tr></table>",
            "label 发布机构",
        ),
    ],
)
def test_the_page_of_another_place_around_a_silent_text(head: str, above: str, where: str) -> None:
    assert conflicts(head=head, above=above) == [where]
    assert conflicts(head=head.replace("南丰县", "沙河市"), above=above.replace("南丰县", "沙河市")) == []


def test_a_report_on_the_site_of_another_place_says_itself_whose_it_is() -> None:
    opening = f"如有疑问，请与{OWN}联系。"
    assert conflicts(opening=opening, head='<meta name="SiteName" content="南丰县人民政府">') == []


def test_places_by_their_codes() -> None:
    assert places("江西省宜春市万载县水利局") == {"360922"}
    assert places("国家税务总局东至县税务局") == {"341721"}
    assert len(places("鼓楼区教育局")) > 1
    assert places("某某委员会") == frozenset()
    assert not are_apart("鼓楼区教育局", "南京市人民政府")  # one of the places so named lies in it
    assert are_apart("南京市鼓楼区教育局", "徐州市鼓楼区教育局")
