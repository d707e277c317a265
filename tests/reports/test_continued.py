"""A report over several pages as one page: which further pages are its own, and what of them it takes."""

from __future__ import annotations

import pytest

import reports
from reports import continued
from tests.pipelines import portal_desk

FIRST = "http://a.gov.cn/nb/t1.html"
REPORT = portal_desk.report()
WHOLE = portal_desk.page(REPORT).decode()
START = WHOLE.index("<div id='zoom'>") + len("<div id='zoom'>")
END = WHOLE.rindex("</div></body>")

Pages = list[continued.Page]


def split(shape: str, *, noise: bool = False, pager: str = "<a href='t1_{next}.html'>下一页</a>") -> Pages:
    """The report cut behind each of its first two tables; ``shape`` is what the portal's template has around it."""
    text = WHOLE[START:END]
    ends = [text.index("</table>", text.index(key)) + len("</table>") for key in ("行政许可", "自然人")]
    pieces = [text[: ends[0]], text[ends[0] : ends[1]], text[ends[1] :]]
    pages = []
    for number, piece in enumerate(pieces):
        head = WHOLE[:START].replace("浏览次数：7次", f"浏览次数：{70 + number if noise else 7}次")
        foot = (
            f"<p>{pager.format(next=number + 1) if number < 2 else ''}</p></div><div class='foot'>沭阳县{number}</div>"
        )
        address = FIRST if number == 0 else f"http://a.gov.cn/nb/t1_{number}.html"
        pages.append((address, f"{head}{shape.format(piece)}{foot}</body></html>".encode()))
    return pages


def read(source: bytes) -> list[reports.Record]:
    return reports.extract(source, name="t1.html", url=FIRST)


@pytest.mark.parametrize("noise", [False, True])
@pytest.mark.parametrize(
    "shape",
    ["{}", "<div class='text'>{}</div>", "<table class='page'><tr><td><h2>正文</h2>{}</td></tr></table>"],
)
def test_the_pages_say_together_what_the_undivided_page_says(shape: str, noise: bool) -> None:
    first, *further = split(shape, noise=noise)
    source, taken = continued.joined(first, further)
    assert taken == [address for address, _ in further]
    (together,), (undivided,), (alone,) = read(source), read(WHOLE.encode()), read(first[1])
    assert (together.verdict, alone.verdict) == ("verified", "incomplete")
    for name in ("organ", "year", "published", "proactive", "applications", "review", "contact"):
        assert getattr(together, name) == getattr(undivided, name)
    assert [each.title for each in together.sections] == [each.title for each in undivided.sections]


def test_a_page_that_none_of_them_names_is_left_out() -> None:
    first, second, third = split("{}")
    assert continued.joined(first, [third]) == (first[1], [])
    old = ("http://a.gov.cn/nb/t1_7.html", third[1])
    assert continued.joined(first, [second, third, old])[1] == [second[0], third[0]]


def test_a_pagers_call_names_the_pages_as_its_family_counts() -> None:
    call = '<script>createPageHTML(3,0,"t1","html");</script>'
    first, *further = split("{}", pager=call)
    assert continued.joined(first, further)[1] == [address for address, _ in further]
    fewer = call.replace("3,0", "2,0")
    first, *further = split("{}", pager=fewer)
    assert continued.joined(first, further)[1] == [further[0][0]]


def test_pages_in_another_charset_are_read_in_their_own() -> None:
    first, second, third = split("{}")
    second = (second[0], second[1].decode().replace("'utf-8'", "'gb2312'").encode("gb18030"))
    assert read(continued.joined(first, [second, third])[0])[0].verdict == "verified"


def test_what_a_template_prints_anew_at_every_answer_is_no_content() -> None:
    """A token, advertisements in any order, the weather, and other articles beside each page."""
    pages = []
    for number, (address, body) in enumerate(split("<div class='pages'>{}</div>")):
        head, tail = f"<input type=hidden value=k{'qxz'[number]}>", f"<p>今天{'晴雨雪'[number]}</p>"
        ads = "".join(f"<a href='http://{n}.cn/'><img src={n}.gif></a>" for n in ("abc", "bca", "cab")[number])
        others = f"<div class='rel'><h4>相关信息</h4><a href='/{number}.html'>{'一二三'[number]}号公园开放</a></div>"
        text = body.decode().replace("<body>", f"<body>{head}{tail}<div class='ads'>{ads}</div>")
        pages.append((address, text.replace("<div class='foot'>", f"{others}<div class='foot'>").encode()))
    source, taken = continued.joined(pages[0], pages[1:])
    (record,) = read(source)
    assert len(taken) == 2 and record.verdict == "verified"
    assert not any(word in each.text for each in record.sections for word in ("公园开放", "今天", "浏览"))
