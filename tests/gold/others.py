"""Documents that are no report, or whose report cannot be read: what a portal has beside and instead of reports."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from datetime import date

from demo.editorial import Desk
from demo.figures import balanced
from demo.layout import layout
from demo.organs import invented
from demo.render.html import Hand
from demo.writing import write
from tests.gold.cases import DIRTS, Sample, Truth, case
from tests.gold.pages import Page, encoded, wrapped
from tests.gold.surroundings import PAPERS, paper_in_the_column
from tests.gold.wrappings import statistics_in_halves

DECOYS = ("rule_of_law", "website", "guide", "system", "notice", "news", "picture")


def _nothing(verdict: str) -> Truth:
    return Truth(None, None, None, None, {}, {}, {}, [], verdict)


def _page(title: str, body: str, number: int) -> tuple[bytes, str | None]:
    organ = invented(f"others {number}", 6).organs[number % 6]
    report = write(organ, 2023, None, number)
    report.title = title
    return encoded(wrapped(report, body, Page(), random.Random(number)), "utf-8")


def decoy(kind: str) -> Callable[[int], Sample]:
    """One of the demo's decoys."""

    def make(number: int) -> Sample:
        place = invented(f"decoys {kind} {number}", 6)
        article = Desk(place, number).decoy(kind, place.organs[number % 6], 2020 + number % 5)
        body, content_type = _page(article.title, article.text(), number)
        return Sample(
            f"decoy-{kind}", "none", number, body, "page.html", [_nothing("not_a_report")], None, content_type
        )

    return make


def blank_form(number: int) -> Sample:
    """A notice on how to write the report, with the three tables of the form, empty."""
    figures = balanced(number)
    figures = figures.blanked(*figures.values)
    tables = "".join(Hand().table(layout(table, figures)) for table in figures.generations)
    body = (
        "<p>各县（区）人民政府，市直各部门：</p><p>为做好2024年政府信息公开工作年度报告编制工作，现将格式印发给你们，"
        "请于2025年1月20日前报送。</p>"
        f"<p>附件：政府信息公开工作年度报告格式</p><p>一、总体情况</p><p>二、主动公开政府信息情况</p>{tables}"
    )
    page, content_type = _page("关于做好2024年政府信息公开工作年度报告编制和发布工作的通知", body, number)
    return Sample("decoy-blank-form", "none", number, page, "page.html", [_nothing("not_a_report")], None, content_type)


def list_page(number: int) -> Sample:
    """A column page that lists reports."""
    place = invented(f"list {number}", 12)
    items = "".join(
        f'<li><a href="/nb/{n}.html">{organ.name}{year}年政府信息公开工作年度报告</a>'
        f"<span>{year + 1}-01-2{n % 9}</span></li>"
        for year in (2023, 2024)
        for n, organ in enumerate(place.organs)
    )
    body, content_type = _page("政府信息公开年报", f"<ul>{items}</ul>", number)
    return Sample("decoy-list", "none", number, body, "list.html", [_nothing("not_a_report")], None, content_type)


def statistics(number: int) -> Sample:
    """A report of 2014-2018 with the 统计表."""
    organ = invented(f"statistics {number}", 8).organs[number % 8]
    report = write(organ, 2014 + number % 5, None, number, verdict="incomplete", statistics=True)
    body, content_type = encoded(
        wrapped(report, Hand().article(report), Page(), random.Random(number)), "gbk" if number % 2 else "utf-8"
    )
    truth = Truth(
        organ.name, report.year, report.title, report.published.isoformat(), {}, {}, dict(report.contact),
        [(each.number, each.title) for each in report.sections], "incomplete", statistics=report.statistics,
    )  # fmt: skip
    return Sample("statistics-2014", "none", number, body, "report.html", [truth], None, content_type)


def narrative(number: int) -> Sample:
    """A report without tables."""
    organ = invented(f"narrative {number}", 8).organs[number % 8]
    report = write(organ, 2010 + number, None, number, verdict="incomplete")
    body, content_type = encoded(wrapped(report, Hand().article(report), Page(), random.Random(number)), "utf-8")
    truth = Truth(
        organ.name, report.year, report.title, report.published.isoformat(), {}, {}, dict(report.contact),
        [(each.number, each.title) for each in report.sections], "incomplete",
    )  # fmt: skip
    return Sample("narrative-only", "none", number, body, "report.html", [truth], None, content_type)


def pictures(number: int) -> Sample:
    """A report whose tables are pictures."""
    organ = invented(f"pictures {number}", 8).organs[number % 8]
    report = write(organ, 2022, balanced(number), number)
    article = Hand().article(report, lambda table, rows: [])
    article = article.replace(
        "<tbody>\n\n</tbody>", '<tr><td><img src="W020240115.png" width="900" height="700"></td></tr>'
    )
    body, content_type = encoded(wrapped(report, article, Page(), random.Random(number)), "utf-8")
    truth = Truth(organ.name, 2022, report.title, report.published.isoformat(), {}, {}, {}, [], "unreadable")
    return Sample("tables-as-pictures", "none", number, body, "report.html", [truth], None, content_type)


def damaged(number: int) -> Sample:
    """A PDF whose second half is gone, or random bytes: any verdict but ``verified``, and one record."""
    from demo.render import pdf

    organ = invented(f"damaged {number}", 8).organs[0]
    body = pdf.render(write(organ, 2022, balanced(number), number))
    chance = random.Random(number)
    cut = body[: len(body) // 2] if number % 2 else bytes(chance.randrange(256) for _ in range(4000))
    return Sample("damaged-pdf", "none", number, cut, "report.pdf", [_nothing("unreadable")])


def empty_pdf(number: int) -> Sample:
    """A PDF that holds a scanned page and no text."""
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    page = canvas.Canvas(out, invariant=1)
    page.setFillGray(0.8)
    page.rect(50, 50, 400, 700, fill=1)
    page.showPage()
    page.save()
    name = f"{date(2024, 1, 5 + number)}政府信息公开工作年度报告.pdf"
    return Sample("scanned-pdf", "none", number, out.getvalue(), name, [_nothing("unreadable")])


def two_reports(number: int) -> Sample:
    """Two organs' reports below each other on one page."""
    first, second = (case(DIRTS[0], number, f"two {n}") for n in range(2))
    body = "".join(f"<h2>{made.report.title}</h2>{Hand().article(made.report)}<hr>" for made in (first, second))
    page = Page(title=f"{first.report.title}、{second.report.title}")
    text, content_type = encoded(wrapped(first.report, body, page, first.chance), "utf-8")
    for made in (first, second):
        made.truth.title = made.truth.published = None
    return Sample("two-reports", "plain", number, text, "report.html", [first.truth, second.truth], None, content_type)


def attachment_page(number: int) -> Sample:
    """A page that holds only the link to the report's file; its figures are not here, and not in the picture beside."""
    organ = invented(f"attachment {number}", 8).organs[number % 8]
    report = write(organ, 2023, balanced(number), number)
    kind = ("pdf", "docx", "doc", "xlsx", "zip")[number % 5]
    name = f"{report.title}.{kind}"
    link = f'<a appendix="true" href="./P02024011512{number}.{kind}" title="{name}">{name}</a>'
    article = f'<p class="insertfileTag"><img src="/images/icon_{kind}.gif">附件：{link}</p>'
    body, content_type = encoded(wrapped(report, article, Page(), random.Random(number)), "utf-8")
    truth = Truth(organ.name, 2023, report.title, report.published.isoformat(), {}, {}, {}, [], "incomplete")
    truth.attachments = [f"http://www.example.gov.example/nb/202401/P02024011512{number}.{kind}"]
    url = f"http://www.example.gov.example/nb/202401/t20240115_{number}.html"
    return Sample("attachment-page", "none", number, body, "t.html", [truth], url, content_type)


def frame_page(number: int) -> Sample:
    """A page whose report stands in an <iframe>: open about it, whatever it calls it."""
    organ = invented(f"frame {number}", 8).organs[number % 8]
    report = write(organ, 2023, balanced(number), number)
    article = '<iframe src="/pdfjs/viewer.html?file=/P020240115.pdf" width="100%" height="900"></iframe>'
    body, content_type = encoded(wrapped(report, article, Page(), random.Random(number)), "utf-8")
    truth = Truth(organ.name, 2023, report.title, report.published.isoformat(), {}, {}, {}, [], None)
    url = "http://www.example.gov.example/nb/t.html"
    return Sample("frame-page", "none", number, body, "t.html", [truth], url, content_type)


OTHERS: dict[str, Callable[[int], Sample]] = {
    **{f"decoy-{kind}": decoy(kind) for kind in DECOYS},
    "decoy-blank-form": blank_form,
    "decoy-list": list_page,
    "statistics-2014": statistics,
    "statistics-2014-halves": statistics_in_halves,
    "narrative-only": narrative,
    "tables-as-pictures": pictures,
    "damaged-pdf": damaged,
    "scanned-pdf": empty_pdf,
    "two-reports": two_reports,
    "attachment-page": attachment_page,
    "frame-page": frame_page,
    **{f"decoy-in-column-{kind}": paper_in_the_column(kind) for kind in PAPERS},
}
