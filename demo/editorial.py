"""What a portal publishes, before it has addresses: columns, reports, and everything that stands around them."""

from __future__ import annotations

import functools
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from html import escape
from typing import Literal

import data
from demo.figures import Figures, balanced, carried_forward
from demo.organs import Organ, Place
from demo.render import docx, html
from demo.writing import Report, write

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass
class File:
    """A file that an article links: its name as shown, its kind, what makes its bytes."""

    name: str
    kind: Literal["pdf", "docx"]
    body: Callable[[], bytes]


@dataclass
class Article:
    """One page of content. ``changed`` is the day of the last edit after publication."""

    number: int
    title: str
    published: date
    body: str | Callable[[], str]
    kind: Literal["report", "decoy", "news", "notice", "page"] = "news"
    report: Report | None = None
    file: File | None = None
    changed: date | None = None
    source: str = ""

    def text(self) -> str:
        """The article part of its page, in HTML."""
        return self.body if isinstance(self.body, str) else self.body()


@dataclass
class Column:
    """A column of the portal: a list of articles, or children, or one page of its own (``page``)."""

    slug: str
    name: str
    articles: list[Article] = field(default_factory=list)
    children: list[Column] = field(default_factory=list)
    page: Article | None = None
    host: Organ | None = None  # the organ whose sub-site this is

    def walk(self, above: tuple[Column, ...] = ()) -> Iterator[tuple[tuple[Column, ...], Column]]:
        """This column and all below it, each with those above it."""
        yield above, self
        for child in self.children:
            yield from child.walk((*above, self))


def career(organ: Organ, years: Iterable[int], seed: int | str) -> list[Report]:
    """An organ's reports over the years: what one year carries forward, the next carries in."""
    reports: list[Report] = []
    before: Figures | None = None
    for year in years:
        if year < 2019:
            reports.append(write(organ, year, None, seed, verdict="incomplete", statistics=year >= 2014))
            continue
        generation = "2019" if year < 2021 else "2021"
        held = before.values.get("proactive_normative_documents_in_force") if before else None
        figures = balanced(
            f"{seed} {organ.name} {year}",
            proactive=generation,
            applications=generation,
            requests=organ.requests,
            cases=organ.cases,
            carried_in=carried_forward(before) if before else None,
            normative_before=int(held) if held is not None else None,
        )
        before = figures
        reports.append(write(organ, year, figures, seed))
    return reports


def report_article(report: Report, number: int, hand: str = "clean") -> Article:
    """The page of a report, written in one of ``demo.render.html.HANDS`` when it is asked for."""
    body = functools.partial(html.article, report, hand)
    return Article(number, report.title, report.published, body, "report", report, source=report.organ.name)


def attached(report: Report, number: int, kind: Literal["pdf", "docx"]) -> Article:
    """A page that holds nothing but the link to the report's file."""
    file = File(f"{report.title}.{kind}", kind, functools.lru_cache(1)(functools.partial(_render, report, kind)))
    return Article(number, report.title, report.published, "", "report", report, file=file, source=report.organ.name)


def _render(report: Report, kind: Literal["pdf", "docx"]) -> bytes:
    if kind == "docx":
        return docx.render(report)
    from demo.render import pdf  # reportlab takes a while to load

    return pdf.render(report)


def edited(report: Report) -> Report:
    """The same report as its organ silently changed it later: one request moved from 予以公开 to 部分公开 (or, where
    none was granted, one more licence), in the table and in the sentence."""
    assert report.figures is not None
    figures = report.figures.copy()
    if figures.application("granted", "natural_person"):
        for column in ("natural_person", "total"):
            for row, by in (("granted", -1), ("partly_granted", 1)):
                code = f"applications_{row}_{column}"
                figures.values[code] = (figures.values[code] or 0) + by
    else:
        figures = figures.planted("proactive_licence_decisions", 1)
    again = write(report.organ, report.year, figures, report.seed, published=report.published)
    return replace(again, verdict=report.verdict)


class Desk:
    """Numbers articles and writes the everyday ones (news, notices, decoys) of a place, the same for a seed."""

    def __init__(self, place: Place, seed: int | str) -> None:
        self.place = place
        self.chance = random.Random(f"desk {place.slug} {seed}")
        self.words = data.load_yaml("demo/sentences.yaml")
        self.last_number = 100000 + self.chance.randrange(50000)

    def number(self) -> int:
        """The next article's number: rising, with gaps, as in a real CMS."""
        self.last_number += self.chance.randint(1, 60)
        return self.last_number

    def day(self, year: int | None = None) -> date:
        """Some day."""
        year = year or self.chance.randint(2019, 2025)
        return date(year, 1, 1) + timedelta(days=self.chance.randrange(360 if year < 2026 else 90))

    def news(self, count: int) -> list[Article]:
        """News of the place, newest first."""
        made = []
        for _ in range(count):
            words = {"organ": self.chance.choice(self.place.organs[1:]).name, "topic": self.chance.choice(
                self.words["topics"])}  # fmt: skip
            lead = self.chance.choice(self.words["news"]).format_map(words)
            title = f"{words['organ']}推进{words['topic']}工作"
            made.append(Article(self.number(), title, self.day(), _paragraphs([lead] * 2), "news"))
        return sorted(made, key=lambda each: each.published, reverse=True)

    def notices(self, count: int) -> list[Article]:
        """Notices of the place, newest first."""
        made = []
        for _ in range(count):
            title = self.chance.choice(self.words["notices"]).format(topic=self.chance.choice(self.words["topics"]))
            body = _paragraphs(
                [f"各乡镇（街道）、各有关单位：为做好相关工作，现将有关事项通知如下。{title}。", "特此通知。"]
            )
            made.append(Article(self.number(), title, self.day(), body, "notice"))
        return sorted(made, key=lambda each: each.published, reverse=True)

    def decoy(self, kind: str, organ: Organ, year: int = 2024) -> Article:
        """A page that sounds like a report and is none; kinds as in ``data/demo/sentences.yaml``."""
        title = self.words["decoys"][kind].format(organ=organ.name, year=year)
        return Article(self.number(), title, self.day(year + 1), _decoy_body(kind, organ, year), "decoy")


def _decoy_body(kind: str, organ: Organ, year: int) -> str:
    written = data.load_yaml("demo/sentences.yaml")
    words = {"organ": organ.name, "year": year, **vars(organ.contact)}
    body = _paragraphs([sentence.format_map(words) for sentence in written["decoy_bodies"][kind]])
    if kind == "website":
        body += _small_table(written["website_table"])
    if kind == "picture":
        body += '<p><img src="/images/tujie.png" alt="图解" width="800" height="2400"></p>'
    return body


def _paragraphs(sentences: list[str]) -> str:
    return "".join(f"<p>{escape(sentence, quote=False)}</p>\n" for sentence in sentences)


def _small_table(rows: list[list[str]]) -> str:
    lines = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f'<table border="1">{lines}</table>\n'
