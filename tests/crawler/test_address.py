"""Addresses of links: what is remembered of the ones from a portal's root must not change what any of them means."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest

from crawler.address import Boundary, absolute

BASES = (
    "http://www.a.gov.cn/x/y.html?z=/1#f",
    "https://www.a.gov.cn:8443/x/",
    "http://127.0.0.1:80",
    "http://a.gov.cn?x=/",
)
HREFS = ("/nb/", "nb/", "../nb/", "//b.a.gov.cn/nb/", "http://b.a.gov.cn/nb", "https://a.gov.cn", "?page=2", "/", "")


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("href", HREFS)
def test_a_link_is_where_a_browser_goes(base: str, href: str) -> None:
    parts = urlsplit(urljoin(base, href))
    wanted = parts._replace(path=parts.path or "/", fragment="").geturl()
    for _ in range(2):  # the second time remembered
        found = absolute(base, href)
        assert found == (wanted if href else None)


def test_a_link_without_a_host_is_of_its_own_page() -> None:
    assert absolute("http://a.gov.cn/x/1.html", "//") == "http://a.gov.cn/x/1.html"
    assert absolute("http://a.gov.cn/y/2.html", "//") == "http://a.gov.cn/y/2.html"


def test_the_boundary_looks_at_the_origin_alone() -> None:
    portal = Boundary.around("http://www.a.gov.cn/")
    inside = ("http://a.gov.cn", "https://x.a.gov.cn/?u=http://b.cn/", "http://A.GOV.CN:81/#@b.cn")
    outside = ("http://b.cn/?http://a.gov.cn/", "http://a.gov.cn@b.cn/", "http://u@a.gov.cn/", "ftp://a.gov.cn/", "/x",
               "http://a.gov.cn:x/", "http://[a.gov.cn/", "")  # fmt: skip
    for _ in range(2):
        assert all(portal.holds(each) for each in inside)
        assert not any(portal.holds(each) for each in outside)
    assert not Boundary.around("http://127.0.0.1:8000/").holds("http://127.0.0.1:8001/")
