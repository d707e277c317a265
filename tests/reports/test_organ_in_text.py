"""The fuller name of an organ, as a sentence of the report holds it behind its particles."""

from __future__ import annotations

import pytest

from reports.document import Document, Paragraph
from reports.metadata import describe


@pytest.mark.parametrize(
    "sentence",
    ["本报告由临江市教育局编制。", "根据条例要求，由临江市教育局向社会公布。", "现公布，是临江市教育局的年度报告。"],
)
def test_a_particle_is_no_part_of_the_name(sentence: str) -> None:
    title = "市教育局2024年政府信息公开工作年度报告"
    flow = [
        Paragraph(text, at) for at, text in enumerate([title, sentence, "一、总体情况", "二、主动公开政府信息情况"])
    ]
    assert describe(Document("html", flow=flow, headings=[title]), None).organ == "临江市教育局"


@pytest.mark.parametrize(
    ("sentence", "organ"),
    [
        ("按照条例和上级要求，临江市调查队编制了2024年政府信息公开工作年度报告。", "临江市调查队"),
        ("按照条例和上级要求，本溪市民政局编制了2024年度报告。", "本溪市民政局"),
        ("临江市沙溪镇人民政府2024年政府信息公开工作报告根据条例编制。", "临江市沙溪镇人民政府"),
        ("临江市沙溪镇人民政府政府信息公开工作年度报告（2024年）由镇党政办编制。", "临江市沙溪镇人民政府"),
        ("为做好工作，市中区人民政府组织编制了2024年度报告。如有疑问，请与市中区人民政府联系。", "市中区人民政府"),
    ],
)
def test_the_organ_that_made_the_report(sentence: str, organ: str) -> None:
    lines = ["来源：办公室", "2024年政府信息公开工作年度报告", sentence, "一、总体情况", "二、主动公开政府信息情况"]
    flow = [Paragraph(text, at) for at, text in enumerate(lines)]
    assert describe(Document("html", flow=flow), None).organ == organ


def test_a_place_that_begins_like_a_level_is_not_completed() -> None:
    title = "市中区城市管理局——2024年政府信息公开工作年度报告"
    lines = [
        title,
        "市中区城市管理局编制本报告，通过市中区人民政府网站公布。",
        "一、总体情况",
        "二、主动公开政府信息情况",
    ]
    flow = [Paragraph(text, at) for at, text in enumerate(lines)]
    assert describe(Document("html", flow=flow), None).organ == "市中区城市管理局"


def read_organ(title: str, *lines: str) -> str | None:
    flow = [Paragraph(text, at) for at, text in enumerate([title, *lines, "一、总体情况", "二、主动公开政府信息情况"])]
    return describe(Document("html", flow=flow, headings=[title]), None).organ


@pytest.mark.parametrize("whole", ["云台山风景名胜区管理委员会", "云台山风景名胜区管委会"])
def test_of_a_zone_its_committee_is_the_organ(whole: str) -> None:
    title = "云台山风景名胜区2024年政府信息公开工作年度报告"
    assert read_organ(title, f"本报告由{whole}编制，见云台山风景名胜区人民政府门户网站。") == whole


def test_we_are_no_organs_name() -> None:
    assert read_organ("2024年政府信息公开工作年度报告", "现将我分局2024年政府信息公开工作情况报告如下。") is None


def test_a_place_that_begins_like_a_preposition_is_whole() -> None:
    sentence = "按条例要求编制。如有疑问，请与从江县石门镇人民政府联系。从江县石门镇人民政府门户网站"
    assert read_organ("2024年政府信息公开工作年度报告", sentence) == "从江县石门镇人民政府"


def test_a_year_in_words_does_not_hide_the_organ() -> None:
    sentence = "现公布临江市水务局二〇二四年政府信息公开工作年度报告。"
    assert read_organ("2024年政府信息公开工作年度报告", sentence) == "临江市水务局"


def test_a_sites_name_above_the_title_is_no_organ() -> None:
    flow = [
        "临江市人民政府门户网站",
        "2024年政府信息公开工作年度报告",
        "本报告由临江市石门街道办事处编制。",
        "一、总体情况",
    ]
    found = describe(Document("html", flow=[Paragraph(text, at) for at, text in enumerate(flow)]), None)
    assert (found.title, found.organ) == ("2024年政府信息公开工作年度报告", "临江市石门街道办事处")


@pytest.mark.parametrize(
    "title",
    [
        "临水字〔2025〕3号 临江市水务局关于2024年政府信息公开工作年度报告的报告",
        "临江市水务局24年政府信息公开工作年度报告",
        "2024年政府信息公开工作年度报告—临江市水务局",
        "临江市水务局-2024年政府信息公开工作年度报告",
    ],
)
def test_what_a_title_tells_beside_the_organ(title: str) -> None:
    assert read_organ(title, "按条例编制。") == "临江市水务局"


def test_a_title_broken_on_a_cover_is_no_signature() -> None:
    lines = ["临江市水务局", "2024年政府信息公开", "工作年度报告", "二〇二五年一月", "按条例编制。", "一、总体情况"]
    found = describe(Document("html", flow=[Paragraph(text, at) for at, text in enumerate(lines)]), None)
    assert (found.organ, found.problems) == ("临江市水务局", [])


@pytest.mark.parametrize(
    "lines",
    [
        ["临江市水", "务局2024年政府信息公开工作年度报告"],
        ["临江市水", "务局2024年政府信息公", "开工作年度报告"],
        ["临江市应急", "管理局2024年政府信息公开工作年度报告"],
        ["临江市住房和城乡", "建设局2024年政府信息公开工作年度报告"],
        ["临江市石门镇人民政", "府2024年政府信息公开工作年度报告"],
    ],
)
def test_a_name_that_a_lines_end_cuts_is_made_whole(lines: list[str]) -> None:
    flow = [Paragraph(text, at) for at, text in enumerate([*lines, "按条例编制。", "一、总体情况"])]
    found = describe(Document("html", flow=flow), None)
    assert found.title == "".join(lines)
    assert found.organ == "".join(lines).partition("2024")[0]


@pytest.mark.parametrize(
    ("title", "organ"),
    [
        ("临江市水务局2024年政府信息公开工作总结", "临江市水务局"),
        ("临江市水务局2024年度政府信息公开工作情况", "临江市水务局"),
        ("临江市人民检察院2024年度检务公开暨政府信息公开工作年度报告", "临江市人民检察院"),
        ("临江市水务局2024年依法行政暨政府信息公开工作年度报告", "临江市水务局"),
        ("临江市水务局2024年度政务公开（政府信息公开）工作年度报告", "临江市水务局"),
        ("政府信息公开年报·临江市水务局2024年政府信息公开工作年度报告·临江市人民政府", "临江市水务局"),
        ("临江市2024年政府信息公开工作年度报告", "临江市人民政府"),
        ("临江市2024年度市水务局政府信息公开工作年度报告", "临江市水务局"),
        ("临江市2024年市场监督管理局政府信息公开工作年度报告", "临江市市场监督管理局"),
        ("石门镇2024年政府信息公开工作年度报告", "石门镇人民政府"),
        ("城东街道2024年政府信息公开工作年度报告", "城东街道办事处"),
        ("高新区2024年政府信息公开工作年度报告", "高新区"),
    ],
)
def test_the_organ_of_a_title_that_tells_more_or_less(title: str, organ: str) -> None:
    assert read_organ(title, "按条例编制。") == organ


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("县发改局", "云溪县发展和改革局"),
        ("市场监管局", "云溪县市场监督管理局"),
        ("县卫健委", "云溪县卫生健康委员会"),
        ("县政府办", "云溪县人民政府办公室"),
        ("省发改委", "江南省发展和改革委员会"),
        ("县应急局", "云溪县应急管理局"),
        ("市国资委", "江州市人民政府国有资产监督管理委员会"),
        ("市公积金中心", "江州市住房公积金管理中心"),
        ("市残联", "江州市残疾人联合会"),
        ("佳和里街", "佳和里街道办事处"),
        ("佳和里街", "江州市佳和里街道办事处"),
        ("农高区管委会", "江州农业高新技术产业示范区管理委员会"),
    ],
)
def test_a_short_name_in_the_title_gives_way_to_the_full_one_of_the_text(short: str, full: str) -> None:
    assert read_organ(f"{short}2024年政府信息公开工作年度报告", f"{full}根据条例要求编制了本年度报告。") == full


@pytest.mark.parametrize(
    "other", ["云溪县公安局交通警察分局", "云溪县水利局", "临江市公共安全管理局", "云溪县公安训练局"]
)
def test_another_organ_is_not_the_full_name_of_a_short_one(other: str) -> None:
    title = "云溪县公安局2024年政府信息公开工作年度报告"
    assert read_organ(title, f"{other}根据条例要求编制了本年度报告。") == "云溪县公安局"


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("高新区管委会", "青岚高新技术产业开发区管理委员会"),
        ("市高新区管委会", "青岚市高新技术产业开发区管理委员会"),
        ("青岚经开区", "青岚国家级经济技术开发区管理委员会"),
        ("保税区管委会", "青岚综合保税区管理委员会"),
        ("风景区管委会", "白鹭山风景名胜区管理委员会"),
        ("白鹭湖度假区管委会", "青岚市白鹭湖旅游度假区管理委员会"),
        ("江北新区管委会", "江北新区管理委员会"),
        ("高新区管委会", "青岚高新区管委会"),
        ("高新区", "青岚高新技术产业开发区管理委员会"),
    ],
)
def test_a_zone_in_the_title_gives_way_to_its_committee_of_the_text(short: str, full: str) -> None:
    title = f"{short}2024年政府信息公开工作年度报告"
    assert read_organ(title, f"{full}根据条例要求编制了本年度报告。") == full


@pytest.mark.parametrize(
    ("short", "other"),
    [
        ("江南新区管委会", "江北新区管理委员会"),
        ("高新区管委会", "青岚经济技术开发区管理委员会"),
        ("青岚高新区管委会", "白鹭高新技术产业开发区管理委员会"),
        ("滨海新区管委会", "滨海滨江新区管理委员会"),
        ("高新区管委会", "青岚高新技术产业开发区管理委员会财政局"),
    ],
)
def test_another_zone_is_not_the_full_name_of_a_short_one(short: str, other: str) -> None:
    title = f"{short}2024年政府信息公开工作年度报告"
    assert read_organ(title, f"{other}根据条例要求编制了本年度报告。") == short


def test_the_organ_of_a_report_that_a_notice_publishes() -> None:
    title = "关于公布《临江市水务局2024年政府信息公开工作年度报告》的公告"
    assert read_organ(title, "按条例编制。") == "临江市水务局"


def test_a_government_that_signs_has_its_report_compiled_by_its_office() -> None:
    opening = "本报告由临江县人民政府办公室根据各乡镇的报告编制。"
    title, sections = "2024年政府信息公开工作年度报告", ["一、总体情况", "二、主动公开政府信息情况"]
    ends = {"临江县人民政府办公室": ["六、其他需要报告的事项", "无。"]}
    ends["临江县人民政府"] = [*ends["临江县人民政府办公室"], "临江县人民政府", "2025年3月20日"]
    for organ, end in ends.items():
        flow = [Paragraph(text, at) for at, text in enumerate([title, opening, *sections, *end])]
        assert describe(Document("html", flow=flow, headings=[title]), None).organ == organ
