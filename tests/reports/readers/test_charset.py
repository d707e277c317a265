"""Charsets: the bytes decide, whatever header and page declare; what is garbled is restored or called so."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.readers import read
from reports.readers.charset import charset_named, decode

SIMPLIFIED = "本机关按照要求编制年度报告，公开的数据自一月一日起至十二月三十一日止，共收到申请二十六件，均已办结。"
TRADITIONAL = "本機關按照要求編製年度報告，公開的數據自一月一日起至十二月三十一日止，共收到申請二十六件，均已辦結。"
DECLARED = ["utf-8", "gb2312", "gbk", "big5", "iso-8859-1", "x-unknown", None]


def page(text, declared):
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    return f"<html><head>{meta}<title>2024</title></head><body><p>{text * 3}</p></body></html>"


@pytest.mark.parametrize("header", DECLARED)
@pytest.mark.parametrize("declared", DECLARED)
@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "utf-16"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "gbk"),
    ],
)
def test_no_declaration_can_garble_a_page(text, charset, declared, header):
    source = page(text, declared)
    decoded = decode(source.encode(charset), f"text/html; charset={header}" if header else None)
    assert decoded.text == source
    assert decoded.problems == []


def test_a_charset_pasted_from_word_into_the_body_means_nothing():
    pasted = "<p><meta charset=gb2312>" + SIMPLIFIED
    assert SIMPLIFIED in decode(f"<head></head><body>{pasted}".encode()).text


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
@pytest.mark.parametrize("right", ["utf-8", "gb18030"])
def test_garbled_before_it_was_stored_is_restored(right, wrong):
    try:
        garbled = (SIMPLIFIED * 4).encode(right).decode(wrong)
    except UnicodeDecodeError:
        pytest.skip("these bytes cannot be taken for this charset at all")
    decoded = decode(f"<p>{garbled}</p>".encode())
    assert SIMPLIFIED in decoded.text
    assert [problem.code for problem in decoded.problems] == ["charset-repaired"]


def test_what_cannot_be_restored_is_called_mojibake():
    lost = (SIMPLIFIED * 4).encode().decode("gb18030", "replace")
    (document,) = read(f"<html><p>{lost}</p>".encode(), name="x")
    assert "mojibake" in [problem.code for problem in document.problems]


def test_a_page_in_two_charsets_is_read_in_both():
    source = f"<p>{SIMPLIFIED}</p>\n".encode() * 3 + f"<p>{SIMPLIFIED}</p>\n".encode("gb18030") * 3
    decoded = decode(source)
    assert decoded.text.count(SIMPLIFIED) == 6
    assert [problem.code for problem in decoded.problems] == ["charset-mixed"]


def test_one_broken_character_does_not_change_the_charset():
    decoded = decode((SIMPLIFIED * 5).encode()[:-1])
    assert decoded.text.startswith(SIMPLIFIED)
    assert [problem.code for problem in decoded.problems] == ["charset-damaged"]


def test_two_characters_that_look_like_utf8_are_read_as_declared():
    assert decode("联通".encode("gbk"), "text/html; charset=gbk").text == "联通"


def test_names_are_known_in_every_spelling():
    assert {charset_named(name) for name in ("GB2312", " gbk", "x-gbk", "CP936")} == {"gb18030"}
    assert charset_named("klingon") is None


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([*DECLARED, "utf-16", "\x00"]))
def test_any_bytes_decode(source, header):
    decoded = decode(source, f"text/html; charset={header}")
    assert isinstance(decoded.text, str)


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
def test_a_text_saved_as_unicode_without_its_mark_is_read(charset):
    text = "石泉县水利局2024年政府信息公开工作年度报告\n一、总体情况\n自然人,商业企业,科研机构,总计\n12,3,0,15\n" * 9
    (document,) = read(text.encode(charset), name="report.csv")
    assert "石泉县水利局2024年政府信息公开工作年度报告" in next(document.paragraphs).text
    assert not document.problems


def test_bytes_of_no_text_are_not_taken_for_unicode():
    (document,) = read(bytes(range(256)) * 20, name="report.bin")
    assert [problem.code for problem in document.problems] == ["unsupported"]
