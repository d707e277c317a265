"""PDF: an address that a line's end cuts is one word, and two words that stand beside it are not drawn into it."""

import pytest

from reports.readers.pdf.lines import joined


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("网址：http://www.p48", "0482.gov.cn", "网址：http://www.p480482.gov.cn"),
        ("网址：h", "ttp://www.a.gov.cn", "网址：http://www.a.gov.cn"),
        ("网址http:", "//www.a.gov.cn", "网址http://www.a.gov.cn"),
        ("见http://www.a.gov", ".cn。", "见http://www.a.gov.cn。"),
        ("邮箱：gk", "5@a.gov.cn", "邮箱：gk5@a.gov.cn"),
        ("邮箱：gk5@a.gov.c", "n，邮编", "邮箱：gk5@a.gov.cn，邮编"),
        ("电话0571-555", "0123", "电话0571-5550123"),
        ("邮箱：gk5@a.gov.cn", "0571-5550123", "邮箱：gk5@a.gov.cn 0571-5550123"),
        ("邮编：310000", "http://www.a.gov.cn", "邮编：310000 http://www.a.gov.cn"),
        ("邮编：310000", "gk5@a.gov.cn", "邮编：310000 gk5@a.gov.cn"),
        ("网址www.a.gov.cn", "gk5@a.gov.cn", "网址www.a.gov.cn gk5@a.gov.cn"),
        ("Open", "data", "Open data"),
    ],
)
def test_addresses_over_a_line_s_end(first: str, second: str, whole: str) -> None:
    assert joined(first, second) == whole
