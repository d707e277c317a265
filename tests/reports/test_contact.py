"""Whom to ask, in the phrasings and phone shapes of real reports (reports/metadata/contact.py); names invented."""

from __future__ import annotations

import time

import pytest

from reports.document import Cell, Document, Grid, Link, Paragraph
from reports.metadata import describe
from reports.record import Contact

TITLE = "临江市水务局2024年政府信息公开工作年度报告"


def contact_of(
    *lines: str, after: str = "无其他需要报告的事项。", footer: str = "", links: list[Link] | None = None
) -> Contact:
    flow = [TITLE, *lines, "一、总体情况", "2024年，我局收到申请3件。", "六、其他需要报告的事项", after]
    document = Document("html", flow=[Paragraph(text, at) for at, text in enumerate(flow)], links=links or [])
    if footer:
        document.flow.append(Paragraph(footer, 99, region="footer"))
    return describe(document).contact


def test_the_usual_sentence() -> None:
    found = contact_of(
        "如对本报告有疑问，请与临江市水务局办公室联系（地址：临江市人民路12号（行政中心3号楼201室），邮编：535000，"
        "电话：0777—3686012，传真：0777-3686013，电子邮箱：lj_sw@163.com）。"
    )
    assert found == Contact(
        name="临江市水务局办公室", address="临江市人民路12号（行政中心3号楼201室）", postcode="535000",
        phones=["0777-3686012"], faxes=["0777-3686013"], emails=["lj_sw@163.com"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "phones", "faxes"),
    [
        ("联系电话：0998—6572114", ["0998-6572114"], []),
        ("联系电话：0710--5374392", ["0710-5374392"], []),
        ("如有疑问请联系水务局，电话2674608。", ["2674608"], []),
        ("咨询电话：22989585", ["22989585"], []),
        ("如有疑问，请与水务局联系（0777-3686012）。", ["0777-3686012"], []),
        ("电话(传真)：0578-2090823", ["0578-2090823"], ["0578-2090823"]),
        ("联系电话：0578-2090823，兼传真。", ["0578-2090823"], ["0578-2090823"]),
        ("电话：010-88886666转8012；图文传真：010-88886667", ["010-88886666-8012"], ["010-88886667"]),
        ("联系电话：（0578）2090823、2090824", ["0578-2090823", "2090824"], []),
        ("邮 箱：ljgk@163.com电话:0971-6142365", ["0971-6142365"], []),
        ("联系方式：13912345678", ["13912345678"], []),
        ("联系电话：（区号0512）65201133。", ["0512-65201133"], []),
        ("联系电话：12345", [], []),
        ("联系方式：12388", [], []),
        ("如有疑问请咨询，12345热线全年受理诉求1234567件。", [], []),
        ("网站维护电话：0731-88666666", [], []),
        ("监督举报电话：0731-88666666，联系电话：0731-88666667", ["0731-88666667"], []),
    ],
)
def test_phones(text: str, phones: list[str], faxes: list[str]) -> None:
    found = contact_of(text)
    assert (found.phones, found.faxes) == (phones, faxes)


@pytest.mark.parametrize(
    "text",
    [
        "lj_sw@163.com",
        "lj_sw＠163.com",
        "lj_sw#163.com",
        "lj_sw(at)163.com",
        "lj_sw[at]163.com",
        "lj_swAT163.com",
        "lj_sw AT 163.com",
    ],
)
def test_hidden_at_signs(text: str) -> None:
    assert contact_of(f"如有疑问请联系水务局，电子邮箱：{text}。").emails == ["lj_sw@163.com"]


def test_the_opening_of_a_report_without_headings_that_its_organ_signs_with_the_name_in_its_title() -> None:
    organ = "临江市住房和城乡建设局"
    flow = [
        f"{organ}2024年政府信息公开工作年度报告",
        f"如有疑问，请与{organ}联系（地址：临江市人民路12号，邮编：535000，电话：0777-3686012）。",
        "2024年，我局收到申请3件，均已办结。",
        organ,
        "2025年1月17日",
    ]
    found = describe(Document("html", flow=[Paragraph(text, at) for at, text in enumerate(flow)])).contact
    assert (found.address, found.postcode, found.phones) == ("临江市人民路12号", "535000", ["0777-3686012"])


def test_an_address_that_only_the_link_tells() -> None:
    hidden = "2a" + bytes(each ^ 0x2A for each in b"lj@lj.gov.cn").hex()
    links = [Link(f"http://a.example/cdn-cgi/l/email-protection#{hidden}", "[email protected]")]
    assert contact_of("如有疑问请联系水务局，电话：0578-2090823，邮箱：[email protected]", links=links).emails == [
        "lj@lj.gov.cn"
    ]


@pytest.mark.parametrize(
    ("text", "website"),
    [
        ("可在网站（http://www.lj.gov.cn）查阅，如有疑问请联系水务局。", "http://www.lj.gov.cn"),
        ("可在http://www、lj、gov、cn/查阅，如有疑问请联系水务局。", "http://www.lj.gov.cn/"),
        ("可在www.lj.gov.cn查阅，如有疑问请联系水务局。", "www.lj.gov.cn"),
    ],
)
def test_websites(text: str, website: str) -> None:
    assert contact_of(text).websites == [website]


def test_order_and_labels_may_be_odd() -> None:
    found = contact_of("（临江市中山路15号，邮编100000，电话0578-2090823）如有疑问请联系。")
    assert (found.address, found.postcode, found.phones) == ("临江市中山路15号", "100000", ["0578-2090823"])
    found = contact_of("意见可致电临江市水务局办公室（0578-2090823），或者写信到临江市人民路9号（邮政编码100000）。")
    assert (found.name, found.address, found.postcode) == ("临江市水务局办公室", "临江市人民路9号", "100000")


def test_the_closing_paragraph() -> None:
    found = contact_of(
        "本报告统计期限自2024年1月1日起至12月31日止。", after="联系单位：临江市水务局办公室，联系电话：0578-2090823。"
    )
    assert (found.name, found.phones) == ("临江市水务局办公室", ["0578-2090823"])


def test_a_footer_counts_only_if_it_is_the_organs_own() -> None:
    own = "版权所有：临江市水务局  地址：临江市人民路9号  联系电话：0578-2090823"
    other = "主办：临江市人民政府 承办：市府办 联系电话：0578-2090800"
    assert contact_of("本报告可在网站查阅。", footer=own).phones == ["0578-2090823"]
    assert contact_of("本报告可在网站查阅。", footer=other).phones == []


def test_our_office_gets_the_organs_name() -> None:
    assert contact_of("如有疑问，请向我局办公室咨询，电话：0578-2090823。").name == "临江市水务局办公室"


@pytest.mark.parametrize(
    "sentence",
    [
        "如有疑问，请与临江市水务局办公室联系（电话：0578-2090823），也可拨打12345政务服务便民热线。",
        "请与临江市水务局办公室联系，联系电话：0578-2090823；12366纳税服务热线。",
        "联系方式：临江市水务局办公室，临江市人民路12号，535000，0578-2090823。",
        "如有问题，请垂询临江市水务局办公室，电话：0578-2090823。",
    ],
)
def test_a_hotline_beside_the_office_takes_nothing_away(sentence: str) -> None:
    found = contact_of(sentence)
    assert (found.name, found.phones) == ("临江市水务局办公室", ["0578-2090823"])


def test_the_last_number_may_be_the_fax() -> None:
    found = contact_of("联系电话：010-64412345，64412346（传真）。")
    assert (found.phones, found.faxes) == (["010-64412345"], ["64412346"])
    assert contact_of("联系电话：0790-6441234（传真）").phones == ["0790-6441234"]


def test_a_division_in_brackets_belongs_to_the_office() -> None:
    assert (
        contact_of("请与临江市水务局机关党委（人事科）联系，电话：0578-2090823。").name
        == "临江市水务局机关党委（人事科）"
    )


@pytest.mark.parametrize("sign", ["#", "（at）", "图", "【图】", "[艾特]"])
def test_signs_for_at(sign: str) -> None:
    assert contact_of(f"电子邮箱：ljsw{sign}163.com，电话：0578-2090823。").emails == ["ljsw@163.com"]


def test_a_box_above_the_title_is_not_the_reports() -> None:
    flow = [
        "联系我们",
        "临江市政务公开办公室 电话：0578-2090000",
        TITLE,
        "一、总体情况",
        "我局收到申请3件。",
        "六、其他需要报告的事项",
    ]
    document = Document("html", flow=[Paragraph(text, at) for at, text in enumerate(flow)])
    assert describe(document).contact.phones == []


def test_the_footer_of_the_organs_own_site() -> None:
    footer = "主办：临江市水务局 地址：临江市人民路12号 邮编：535000 电话：0578-2090823"
    found = contact_of("本报告根据条例编制。", footer=footer)
    assert (found.phones, found.postcode) == (["0578-2090823"], "535000")
    assert contact_of("本报告根据条例编制。", footer=footer.replace("水务局", "人民政府办公室")).phones == []


def test_the_sentence_before_may_name_a_hotline() -> None:
    found = contact_of("群众可拨打12345热线。对本报告的意见请致电临江市水务局办公室（0578-2090823）。")
    assert (found.name, found.phones) == ("临江市水务局办公室", ["0578-2090823"])


@pytest.mark.parametrize("words", ["电话:0578-", "地址:a", "邮编:", "传真(", "12345热线"])
def test_a_line_that_never_ends_is_read_at_once(words: str) -> None:
    began = time.process_time()
    contact_of(words * 3000)
    assert time.process_time() - began < 1


def test_the_operators_line_takes_the_offices_clauses_with_it_no_more() -> None:
    found = contact_of(
        "单位地址：临江市和平路1号；联系电话：0998-5882992；政务服务热线：12345；网站维护电话：0998-2999999。"
    )
    assert (found.address, found.phones) == ("临江市和平路1号", ["0998-5882992"])


@pytest.mark.parametrize(
    ("sentence", "name", "address"),
    [
        (
            "如有疑问，请联系：政策法规科（临江市创业路5号B座，邮编：535000，电话：0777-3686012）。",
            "政策法规科",
            "临江市创业路5号B座",
        ),
        ("如有疑问，请联系综合科，座机：0777-3686012，地址：临江市创业路5号。", "综合科", "临江市创业路5号"),
        ("可拨打电话0777-3686012咨询，或来函临江市创业路5号，邮编535000。", None, "临江市创业路5号"),
        (
            "联系方式：综合科，临江市大道88号（政务服务中心二楼），535000，0777-3686012。",
            "综合科",
            "临江市大道88号（政务服务中心二楼）",
        ),
    ],
)
def test_the_office_and_its_street_without_labels(sentence: str, name: str | None, address: str) -> None:
    found = contact_of(sentence)
    assert (found.name, found.address, found.phones) == (name, address, ["0777-3686012"])
    assert found.postcode in ("535000", None)


def test_area_codes_of_great_cities_have_three_digits() -> None:
    assert contact_of("联系电话：02161367783").phones == ["021-61367783"]
    assert contact_of("联系电话：01061367783").phones == ["010-61367783"]


def test_labels_in_english() -> None:
    found = contact_of("如有疑问请联系办公室，TEL：0777-3686012 FAX：0777-3686013")
    assert (found.phones, found.faxes) == (["0777-3686012"], ["0777-3686013"])


@pytest.mark.parametrize("end", ["。", "，电话：0777-3686012。", "；邮编：535000"])
@pytest.mark.parametrize("words", ["请联系", "可咨询", "请致电"])
def test_the_office_after_a_verb_needs_no_further_word(words: str, end: str) -> None:
    assert contact_of(f"如有疑问，{words}临江市水务局供销合作社{end}").name == "临江市水务局供销合作社"


def test_an_office_and_its_postcode_are_a_contact() -> None:
    found = contact_of("如有疑问，请与临江市水务局办公室联系（邮编：535000）。")
    assert (found.name, found.postcode) == ("临江市水务局办公室", "535000")


def test_a_number_is_no_office() -> None:
    assert contact_of("（联系电话：0777-3686012）") == Contact(phones=["0777-3686012"])


def test_a_number_called_fax_behind_it_is_both() -> None:
    found = contact_of("电话：0777-3686012（传真）")
    assert (found.phones, found.faxes) == (["0777-3686012"], ["0777-3686012"])


def test_brackets_of_an_office_and_of_an_address() -> None:
    found = contact_of("请与临江市数据局（临江市水务局）联系，地址：临江市人民路12号（535000），电话：0777-3686012")
    assert (found.name, found.address, found.postcode) == ("临江市数据局（临江市水务局）", "临江市人民路12号", "535000")
    written = contact_of("公众可致函临江市水务局办公室（临江市人民路12号，535000）或拨打0777-3686012咨询。")
    assert (written.name, written.address, written.postcode) == ("临江市水务局办公室", "临江市人民路12号", "535000")


def tabled(*rows: tuple[str, ...], **lines: str) -> Contact:
    cells: list[list[Cell | None]] = [
        [Cell(text, at, column) for column, text in enumerate(row)] for at, row in enumerate(rows)
    ]
    flow = [TITLE, "一、总体情况", "2024年，我局收到申请3件。", "六、其他需要报告的事项", lines.get("after", "无。")]
    document = Document("html", flow=[Paragraph(text, at) for at, text in enumerate(flow)])
    document.flow.append(Grid(0, cells))
    return describe(document).contact


WHOLE = Contact(
    name="临江市水务局办公室（政务公开办）", address="临江市行政中心3号楼201室", postcode="535000",
    phones=["0777-3686012-8012"], emails=["ljsw@163.com"],
)  # fmt: skip


def test_a_table_of_labels_and_values() -> None:
    found = tabled(
        ("机构名称", "临江市水务局办公室（政务公开办）"), ("办公地址", "临江市行政中心3号楼201室"),
        ("邮政编码", "535000"), ("联系电话", "0777-3686012转8012"), ("电子邮箱", "ljsw#163.com"),
    )  # fmt: skip
    assert found == WHOLE


def test_a_table_with_two_pairs_a_row_and_one_with_a_row_of_labels() -> None:
    pairs = tabled(("单位", "临江市水务局办公室", "地址", "人民路中段"), ("电 话", "0777-3686012", "邮　编", "535000"))
    below = tabled(
        ("联系单位", "联系地址", "联系电话", "邮编"), ("临江市水务局办公室", "人民路中段", "0777-3686012", "535000")
    )
    expected = Contact(
        name="临江市水务局办公室", address="人民路中段", postcode="535000", phones=["0777-3686012"], emails=[]
    )
    assert pairs == below == expected


def test_a_table_of_many_offices_and_the_page_s_metadata_are_no_contact() -> None:
    many = tabled(("单位", "联系电话"), ("民政局", "0777-3686012"), ("司法局", "0777-3686013"))
    metadata = tabled(("索引号", "1133/2024-001"), ("发布机构", "临江市水务局"), ("联系电话", "0777-3686012"))
    assert many.phones == metadata.phones == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("如需进一步了解情况，请致电临江市水务局综合科：0777-3686012。", "临江市水务局综合科"),
        ("可拨打临江市水务局办公室电话0777-3686012，也可拨打12345热线。", "临江市水务局办公室"),
        ("申请政府信息公开的，由临江市水务局受理，联系电话：0777-3686012。", "临江市水务局"),
        ("本报告由临江市水务局办公室负责解释，联系电话：0777-3686012。", "临江市水务局办公室"),
        ("意见和建议请反馈至临江市水务局法规科（邮箱：lj@163.com，电话：0777-3686012）。", "临江市水务局法规科"),
        ("联系科室：政府信息公开办公室　电话：0777-3686012", "政府信息公开办公室"),
        ("可来信至人民路12号（邮编：535000），临江市水务局办公室电话：0777-3686012。", "临江市水务局办公室"),
    ],
)
def test_an_office_that_is_named_in_other_words(text: str, name: str) -> None:
    found = contact_of(text)
    assert (found.name, found.phones) == (name, ["0777-3686012"])


@pytest.mark.parametrize(
    "address",
    [
        "临江市环城南路中段",
        "临江市行政中心6号楼306室",
        "临江市人民路与育才巷交叉口东600米",
        "临江市新区迎宾大道（体育馆旁）",
    ],
)
def test_an_address_without_a_house_number_and_a_label(address: str) -> None:
    found = contact_of(f"请与临江市水务局办公室联系（{address}，535000，0777-3686012）。")
    assert (found.address, found.postcode) == (address, "535000")


def test_the_office_s_line_above_the_numbers() -> None:
    found = contact_of("政府信息公开工作机构：临江市水务局办公室", "办公地址：人民路12号", "联系电话：0777-3686012")
    assert (found.name, found.address, found.phones) == ("临江市水务局办公室", "人民路12号", ["0777-3686012"])


def test_a_numbered_line_does_not_go_on_from_the_one_before() -> None:
    found = contact_of(
        "如有疑问请联系。3.邮政编码：535000",
        "4.联系电话：0777-3686012  0777-3686013  0777-3686014",
        "5.传真：0777-3686015",
    )
    assert (found.postcode, found.phones[-1], found.faxes) == ("535000", "0777-3686014", ["0777-3686015"])


def test_an_extension_in_brackets() -> None:
    assert contact_of("联系电话：0777-3686012（转8012）").phones == ["0777-3686012-8012"]
