"""Whom to ask, in words that no earlier test has (reports/metadata/contact.py, passage.py); names invented."""

from __future__ import annotations

import pytest

from reports.record import Contact
from tests.reports.described import BODY, grid, read

TITLE = "临江市水务局2024年政府信息公开工作年度报告"
OFFICE = "临江市水务局办公室"


def told(*lines: str) -> Contact:
    return read(TITLE, *lines, *BODY).contact


@pytest.mark.parametrize(
    "sentence",
    [
        f"对报告存疑的，可径向{OFFICE}问询，电话0795-2558895。",
        f"若需进一步了解，请致函或致电{OFFICE}（0795-2558895）。",
        f"联络处：{OFFICE}；联络电话：0795-2558895。",
        f"烦请联络{OFFICE}，联络方式如下：0795-2558895。",
        f"如与实际不符，请告知{OFFICE}（0795-2558895）。",
        f"疑问咨询：{OFFICE}（电话：0795-2558895）。",
        f"请在工作时间拨打0795-2558895联系{OFFICE}。",
        f"政府信息公开工作机构名称：{OFFICE}。联系电话：0795-2558895。",
        f"如有疑问，请直接联系{OFFICE}，座机0795-2558895。",
        f"责任处室：{OFFICE}；责任人：周凯；电话：0795-2558895",
        f"本报告由{OFFICE}编制并负责解释，电话0795-2558895。",
        f"本报告由{OFFICE}负责答疑，联系电话0795-2558895。",
        f"如有疑问请联系，{OFFICE}，0795-2558895。",
        f"联系我们：{OFFICE}（电话：0795-2558895）。",
        f"本机关公开工作由专人负责，机构为{OFFICE}，电话0795-2558895。",
        f"公众可通过以下渠道联系：（一）{OFFICE}，电话0795-2558895。",
        f"单位名称：{OFFICE}；联系电话：0795-2558895。",
        f"联系办公室：{OFFICE}；联系电话：0795-2558895。",
        f"咨询单位及地址：{OFFICE}，临江市人民路12号；联系电话：0795-2558895。",
        f"读者可通过以下方式与我们联系：{OFFICE}，临江市人民路12号，0795-2558895。",
        f"请于工作日（上午8:30-12:00）致电{OFFICE}0795-2558895。",
        f"联系人：{OFFICE}；电话：0795-2558895",
        f"邮寄地址：临江市人民路12号；收件人：{OFFICE}；办公电话：0795-2558895",
        f"信函请寄临江市人民路12号{OFFICE}收，电话0795-2558895。",
        f"通讯地址：临江市人民路12号{OFFICE}，电话：0795-2558895",
        f"联系方式如下：临江市人民路12号{OFFICE}，电话：0795-2558895",
        f"依申请公开受理点：{OFFICE}，电话：0795-2558895",
        f"联系部门：{OFFICE}（临江市东山行政办公区），电话：0795-2558895",
        f"承办：{OFFICE}　咨询热线：0795-2558895。也可拨打12345热线。",
        f"如有疑问请致电0795-2558895（{OFFICE}）。",
        f"可登录网站查阅，联系{OFFICE}：0795-2558895，临江市人民路12号。",
        f"或到{OFFICE}（临江市人民路12号，338000）咨询，电话：0795-2558895。",
        f"请与我局联系。单位名称：{OFFICE}；办公电话：0795-2558895。",
        f"欢迎提出意见（{OFFICE}电话：0795-2558895，临江市人民路12号）。",
        f"受理机构为{OFFICE}，办公时间为周一至周五，联系电话为0795-2558895。",
        f"可来信来电（{OFFICE}，地址：临江市人民路12号，电话：0795-2558895）咨询。",
        f"对本报告存有疑问者，可联系{OFFICE}政务公开工作人员李工，0795-2558895。",
        f"地址：临江市人民路12号（{OFFICE}），电话：0795-2558895",
        f"意见请寄送至临江市人民路12号，{OFFICE}收，或致电0795-2558895。",
        f"本报告由{OFFICE}编写，如有疑问，请与我们联系（电话：0795-2558895）。",
        f"本报告解释权归{OFFICE}所有，联系电话：0795-2558895。",
        f"如有疑问请与{OFFICE}政务公开负责人联系，联系电话：0795-2558895。",
        f"为方便群众，公布{OFFICE}咨询电话：0795-2558895。",
        f"纸质文本可在{OFFICE}（临江市人民路12号）获取，咨询电话：0795-2558895。",
        f"责任部门：{OFFICE}　责任人：张某　电话：0795-2558895",
        f"联系人：张先生（{OFFICE}），联系电话：0795-2558895。",
        f"如有意见，可邮寄至临江市人民路12号（邮编：338000）{OFFICE}收。联系电话：0795-2558895",
        f"有意见请向{OFFICE}反映（0795 2558895）。",
        f"本报告由{OFFICE}汇总编制，联系电话：0795-2558895。",
        f"{OFFICE}是本机关政府信息公开工作机构，联系电话0795-2558895。",
        f"说明：本报告由{OFFICE}整理，电话0795-2558895。",
    ],
)
def test_an_office_in_other_words(sentence: str) -> None:
    found = told(sentence)
    assert (found.name, found.phones) == (OFFICE, ["0795-2558895"])


@pytest.mark.parametrize(
    ("sentence", "phones"),
    [
        ("请与水务局联系，热线电话：0795-2558895；供水热线：0795-2558800。", ["0795-2558895"]),
        ("欢迎拨打12309检察服务热线或0795-2558895反映。", ["0795-2558895"]),
        ("联系电话：0795一2558895", ["0795-2558895"]),
        ("联系电话：0795-2558895，技术咨询：0795-2558800。", ["0795-2558895"]),
        ("读者若有不明之处，欢迎来电：0795-2558895。", ["0795-2558895"]),
        ("本报告由水务局负责解释（0795-2558895，0795-2558896）。", ["0795-2558895", "0795-2558896"]),
        ("监督投诉请拨0795-2558800，业务咨询请拨0795-2558895。", ["0795-2558895"]),
        ("投诉举报：0795-2558800；业务咨询：0795-2558895。", ["0795-2558895"]),
        ("政务公开联系电话：0795-2558895　网站维护联系电话：0795-2558800", ["0795-2558895"]),
        ("联系科室：综合科（0795-2558895）", ["0795-2558895"]),
        ("监督举报事项请拨打0795-2558800；公开咨询事项请拨打0795-2558895。", ["0795-2558895"]),
        ("您可拨打0795-2558895咨询报告内容，拨打0795-2558800投诉。", ["0795-2558895"]),
        ("公开监督：0795-2558800　公开咨询：0795-2558895", ["0795-2558895"]),
        ("请直接联系水务局，座机0795-2558895，分机802。", ["0795-2558895-802"]),
        ("联系电话：0795.2558895", ["0795-2558895"]),
        ("违法举报：0795-2558800　政务公开：0795-2558895", ["0795-2558895"]),
        ("咨询本报告请致电0795-2558895，反映网站问题请致电0795-2558800。", ["0795-2558895"]),
        ("手机：13912345678", ["13912345678"]),
        ("联系电话：255 8895", ["2558895"]),
    ],
)
def test_phones_in_other_words(sentence: str, phones: list[str]) -> None:
    assert told(sentence).phones == phones


def test_a_letter_s_address_in_brackets() -> None:
    found = told("欢迎以来电（0795-2558895）、来信（临江市人民路12号，336100）、电邮（lj@163.com）等方式联系。")
    assert (found.address, found.postcode) == ("临江市人民路12号", "336100")
    assert (found.phones, found.emails) == (["0795-2558895"], ["lj@163.com"])


def test_all_between_spaces() -> None:
    found = told("为便于沟通，现公布联系方式：临江市人民路12号　水务局办公室　0795-2558895（兼传真）　336100")
    assert (found.address, found.postcode) == ("临江市人民路12号", "336100")
    assert found.phones == found.faxes == ["0795-2558895"]


def test_two_numbers_under_one_label_for_phone_and_fax() -> None:
    found = told("联系电话/传真：0795-2558895/0795-2558896")
    assert (found.phones, found.faxes) == (["0795-2558895"], ["0795-2558896"])


@pytest.mark.parametrize(
    "address",
    ["lj艾特163.com", "lj<at>163.com", "lj(艾特)163.com", "lj“@”163.com", "lj-at-163.com", "lj*163.com（*改为@）"],
)
def test_more_hidden_at_signs(address: str) -> None:
    assert told(f"邮箱：{address}").emails == ["lj@163.com"]


def test_a_mailbox_for_complaints_is_not_the_office_s() -> None:
    assert told("联系电话0795-2558895，监督邮箱jb@163.com。").emails == []


@pytest.mark.parametrize(
    "sentence",
    [
        "地址位于临江市人民路12号；邮编是336100。",
        "通讯处：临江市人民路12号；邮政区码：336100。",
        "对报告持有异议的，敬请函告水务局：临江市人民路12号，336100。",
        "受理申请地址：临江市人民路12号　　受理申请邮编：336100",
    ],
)
def test_addresses_in_other_words(sentence: str) -> None:
    found = told(f"如有疑问请联系水务局，电话0795-2558895。{sentence}")
    assert (found.address, found.postcode) == ("临江市人民路12号", "336100")


@pytest.mark.parametrize(
    "sentence",
    [
        f"信函请寄至临江市人民路12号{OFFICE}收（邮编：336100）。",
        f"通讯地址：临江市人民路12号{OFFICE}，邮编336100。",
        f"联系部门：{OFFICE}（临江市人民路12号），邮编：336100",
    ],
)
def test_an_address_ends_where_the_office_begins(sentence: str) -> None:
    found = told(sentence)
    assert (found.name, found.address, found.postcode) == (OFFICE, "临江市人民路12号", "336100")


@pytest.mark.parametrize(
    "sentence",
    [
        "可到临江市人民路12号咨询，电话0795-2558895。",
        "邮寄请至临江市人民路12号，电话0795-2558895。",
        f"咨询单位及地址：{OFFICE}，临江市人民路12号；联系电话：0795-2558895。",
    ],
)
def test_what_is_to_be_done_there_is_no_part_of_an_address(sentence: str) -> None:
    assert told(sentence).address == "临江市人民路12号"


def test_a_comma_typed_for_an_emails_dot() -> None:
    assert told("电话：0795-2558895，电子邮箱：lj@163,com，邮编336100").emails == ["lj@163.com"]


def test_an_address_behind_a_word_for_contact_is_no_office() -> None:
    found = told("联系我们：临江市人民路12号（邮编336100）　0795-2558895")
    assert (found.name, found.address, found.phones) == (None, "临江市人民路12号", ["0795-2558895"])


def test_a_persons_name_is_no_office() -> None:
    assert told("联系人：王科，电话：0795-2558895").name is None


@pytest.mark.parametrize(
    "sentence",
    [
        "通过12345热线和0795-2551122值班电话受理群众来电1022次。",
        "全年接听0795-2551122咨询电话302个。",
        "0795-2551122接待来电来访22人次；窗口接待130人次。",
        "如有疑问，请咨询我局，防汛值班电话：0795-2551122。",
    ],
)
def test_a_line_whose_calls_are_counted_is_not_the_office_s(sentence: str) -> None:
    assert told(sentence).phones == []


def test_a_count_beside_the_office_takes_nothing_away() -> None:
    assert told(f"受理申请12件。如有疑问，请致电{OFFICE}，电话0795-2558895。").phones == ["0795-2558895"]
    assert told(f"全年受理12件，如有疑问，请致电{OFFICE}，电话0795-2558895。").phones == ["0795-2558895"]


@pytest.mark.parametrize(
    "lines",
    [
        ("咨询电话：0795-2558895", f"受理部门：{OFFICE}", "受理时间：工作日9:00-17:00"),
        (f"{OFFICE}联系方式：", "0795-2558895", "szk@example.cn", "临江市人民路12号"),
        (OFFICE, "联系电话：0795-2558895", "2025年1月20日"),
        (f"报送单位：{OFFICE}", "联系人：张某", "联系电话：0795-2558895"),
        (f"（一）本报告由{OFFICE}负责解释。", "（二）联系电话：0795-2558895。"),
        ("如有疑问，请联系：", OFFICE, "临江市人民路12号", "338000", "0795-2558895"),
        (f"咨询服务：{OFFICE}", "服务电话：0795-2558895"),
        (f"附：{OFFICE}联系方式", "地址：临江市人民路12号", "电话：0795-2558895"),
        (f"{OFFICE}（(0795)2558895）",),
        ("如有疑问，请致电：0795-2558895", OFFICE, "2025年1月18日"),
    ],
)
def test_an_office_in_lines_at_the_end(lines: tuple[str, ...]) -> None:
    found = read(TITLE, *BODY, *lines).contact
    assert (found.name, found.phones) == (OFFICE, ["0795-2558895"])


def test_an_address_in_a_line_of_its_own_under_the_numbers() -> None:
    found = read(TITLE, *BODY, f"{OFFICE}联系方式：", "0795-2558895", "临江市人民路12号").contact
    assert found.address == "临江市人民路12号"


def test_no_office_where_a_sentence_with_numbers_names_none() -> None:
    assert told("我局认真落实市政府办公室部署，联系电话：0795-2558895。").name is None
    assert told("请通过电话0795-2558895反馈，信函寄至行政中心2号楼。").name is None
    assert told("1.电话咨询：0795-2558895；2.来信咨询：人民路12号（县政府大院内）。").name is None
    found = told(
        "根据国务院办公厅要求，市人民政府办公室统一部署，联系人：王女士，电话：0795-2558895，地址：行政中心3号楼。"
    )
    assert (found.name, found.phones) == (None, ["0795-2558895"])


def test_all_of_the_contact_in_one_cell_of_a_table() -> None:
    cell = f"{OFFICE}\n地址：临江市人民路12号\n电话：0795-2558895\n邮编：338000"
    found = read(TITLE, *BODY, grid(["联系方式", cell])).contact
    assert (found.name, found.address) == (OFFICE, "临江市人民路12号")
    assert (found.phones, found.postcode) == (["0795-2558895"], "338000")


def test_labels_and_values_in_the_cells_of_a_table() -> None:
    table = grid([f"咨询机构：{OFFICE}", "咨询电话：0795-2558895"], ["地址：临江市人民路12号", "邮编：338000"])
    found = read(TITLE, *BODY, table).contact
    assert (found.name, found.phones, found.postcode) == (OFFICE, ["0795-2558895"], "338000")


def test_the_website_of_a_note_at_the_end() -> None:
    found = read(TITLE, *BODY, "注：1.本报告电子版可在www.example.cn查阅。", "2.联系电话：0795-2558895。").contact
    assert found.websites == ["www.example.cn"]


def test_labels_in_black_brackets_and_a_line_of_service_with_a_whole_number() -> None:
    found = read(TITLE, *BODY, "【咨询电话】0795-2558895", "【通讯地址】临江市人民路12号", "【邮政编码】338000").contact
    assert (found.phones, found.address, found.postcode) == (["0795-2558895"], "临江市人民路12号", "338000")
    assert told("如有疑问，欢迎拨打热线0795-2558895。").phones == ["0795-2558895"]
