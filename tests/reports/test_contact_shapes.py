"""Numbers, addresses and names of offices in rarer shapes (reports/metadata/contact.py and what it reads from)."""

from __future__ import annotations

import pytest

from reports.document import Paragraph
from reports.metadata import describe
from tests.reports.described import BODY, page, read

TITLE = "临江市水务局2024年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("told", "phones"),
    [
        ("电话：139 1234 5678", ["13912345678"]),
        ("电话：139-1234-5678", ["13912345678"]),
        ("电话：+86-795-2558895", ["0795-2558895"]),
        ("电话：86-795-2558895", ["0795-2558895"]),
        ("电话：0086-0795-2558895", ["0795-2558895"]),
        ("电话：+86 13912345678", ["13912345678"]),
        ("电话：+86 (0)795 2558895", ["0795-2558895"]),
        ("电话：0795:2558895", ["0795-2558895"]),
        ("电话：0795*2558895", ["0795-2558895"]),
        ("电话：2558895（区号0795）", ["0795-2558895"]),
        ("0795-2558895/2558896", ["0795-2558895", "2558896"]),
        ("0795-2558895或2558896", ["0795-2558895", "2558896"]),
        ("0795-2558895，公布信息2558896条", ["0795-2558895"]),
        ("139 1234 56789", []),
    ],
)
def test_numbers(told: str, phones: list[str]) -> None:
    found = read(TITLE, f"如有疑问，请与临江市水务局联系（{told}）。", *BODY)
    assert found.contact.phones == phones


@pytest.mark.parametrize("label", ["Email", "E-mail", "EMAIL"])
def test_an_email_is_not_read_with_its_label(label: str) -> None:
    found = read(TITLE, f"如有疑问，请与临江市水务局联系（电话0795-2558895，{label}office.lj@163.com）。", *BODY)
    assert found.contact.emails == ["office.lj@163.com"]
    found = read(TITLE, "如有疑问，请与临江市水务局联系（邮箱email@163.com）。", *BODY)
    assert found.contact.emails == ["email@163.com"]


@pytest.mark.parametrize("place", ["临江市迎宾大道与人民路交叉口东北角", "石门镇前进村2组", "沿河路与府前街交汇处"])
def test_addresses_at_crossings_and_in_villages(place: str) -> None:
    found = read(TITLE, f"公众可来电（0795-2558895）或来信（{place}，邮编336000）咨询。", *BODY)
    assert (found.contact.address, found.contact.postcode) == (place, "336000")


@pytest.mark.parametrize("name", ["向阳区司法局", "新疆生产建设兵团第十九师"])
@pytest.mark.parametrize("asked", ["请与{}联系", "请咨询{}", "请联系{}", "可向{}提出"])
def test_offices_that_begin_or_end_like_something_else(name: str, asked: str) -> None:
    found = read(TITLE, f"如有疑问，{asked.format(name)}（地址：人民路1号，电话：0795-2558895）。", *BODY)
    assert found.contact.name == name


@pytest.mark.parametrize("label", ["名称", "单位", "部门"])
def test_the_office_in_a_line_of_its_own(label: str) -> None:
    closing = ["七、联系方式", f"{label}：临江市水务局办公室", "地址：人民路1号", "电话：0795-2558895"]
    assert read(TITLE, *BODY, *closing).contact.name == "临江市水务局办公室"


def test_a_heading_is_no_part_of_the_office() -> None:
    closing = ["联系方式", "临江市水务局", "地址：人民路1号", "电话：0795-2558895"]
    assert read(TITLE, *BODY, *closing).contact.name in (None, "临江市水务局")


@pytest.mark.parametrize(
    "told",
    [
        "请将意见反馈至临江市水务局办公室（临江市人民路12号，336100，0795-2558895）。",
        "咨询部门：临江市水务局办公室 咨询电话：0795-2558895 办公地址：临江市人民路12号",
        "请与临江市水务局办公室联系【电话：0795-2558895；地址：临江市人民路12号】。",
        "如有疑问，请与临江市水务局办公室电话联系（0795-2558895），地址：临江市人民路12号。",
    ],
)
def test_sentences_of_contact(told: str) -> None:
    found = read(TITLE, told, *BODY).contact
    assert (found.name, found.address) == ("临江市水务局办公室", "临江市人民路12号")
    assert found.phones == ["0795-2558895"]


def test_hours_stand_between_the_office_and_its_numbers() -> None:
    closing = ["受理机构：临江市水务局办公室", "办公时间：工作日8:30—12:00", "电　　话：0795-2558895"]
    found = read(TITLE, *BODY, *closing).contact
    assert (found.name, found.phones) == ("临江市水务局办公室", ["0795-2558895"])


@pytest.mark.parametrize(
    ("line", "phones"),
    [
        (
            "主办：临江市水务局 地址：人民路12号 电话：0795-2558895 赣ICP备11号 技术支持：某公司（0795-2558800）",
            ["0795-2558895"],
        ),
        ("主办：临江市水务局 技术支持：某公司 电话：0795-2558800 网站标识码：3601", []),
    ],
)
def test_a_footer_in_one_line_up_to_the_operator(line: str, phones: list[str]) -> None:
    document = page(TITLE, *BODY)
    document.flow.append(Paragraph(line, len(document.flow), region="footer"))
    assert describe(document).contact.phones == phones


def test_the_numbers_of_those_who_run_the_site_are_left_out() -> None:
    told = (
        "对报告内容的疑问，可向临江市水务局办公室咨询，电话：0795-2558895；"
        "对网站使用的疑问，请联系临江市信息中心，电话：0795-2558800。"
    )
    found = read(TITLE, told, *BODY).contact
    assert (found.name, found.phones) == ("临江市水务局办公室", ["0795-2558895"])


@pytest.mark.parametrize("behind", ["：临江市解放路6号", "\n地址：临江市解放路6号"])
def test_the_office_of_which_the_address_follows(behind: str) -> None:
    lines = f"如有任何疑问，请联系临江市水务局办公室{behind}\n邮编：331400\n电话：0795-2558895".split("\n")
    assert read(TITLE, *lines, *BODY).contact.name == "临江市水务局办公室"


def test_a_bracketed_fax_label_before_its_number() -> None:
    found = read(TITLE, *BODY, "联系电话：（0795）2558895  （传真）2558896").contact
    assert (found.phones, found.faxes) == (["0795-2558895"], ["2558896"])
    found = read(TITLE, *BODY, "联系电话：0795-2558895、2558896（传真）").contact
    assert (found.phones, found.faxes) == (["0795-2558895"], ["2558896"])
