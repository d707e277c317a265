"""A report as an invented organ would write it: title, contact, six sections, sentences that agree with the tables."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

import data
from demo.figures import Figures
from demo.organs import ContactData, Organ
from reports.record import Table

Numeral = str
FORM_OF_TABLE: dict[str, Table] = {"二": "proactive", "三": "applications", "四": "review"}

TITLES = {
    "2019": (
        "总体情况",
        "主动公开政府信息情况",
        "收到和处理政府信息公开申请情况",
        "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "存在的主要问题及改进情况",
        "其他需要报告的事项",
    ),
    "2021": (
        "总体情况",
        "主动公开政府信息情况",
        "收到和处理政府信息公开申请情况",
        "政府信息公开行政复议、行政诉讼情况",
        "存在的主要问题及改进情况",
        "其他需要报告的事项",
    ),
}


@dataclass
class Section:
    """A numbered section: its paragraphs, and which table stands after them."""

    number: Numeral
    title: str
    paragraphs: list[str]
    table: Table | Literal["statistics"] | None = None

    @property
    def heading(self) -> str:
        """As printed: 一、总体情况."""
        return f"{self.number}、{self.title}"


@dataclass
class Report:
    """One report before it is a page. ``verdict`` is what the contract says of it, ``contact`` only what is printed."""

    organ: Organ
    year: int
    title: str
    published: date
    opening: list[str]
    sections: list[Section]
    figures: Figures | None
    contact: dict[str, str]
    verdict: str
    scope: str | None = None
    statistics: list[tuple[str, str, int | None]] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)
    seed: int | str = 0

    @property
    def text(self) -> str:
        """All sentences, for a look at what was written."""
        parts = [*self.opening]
        for section in self.sections:
            parts += [section.heading, *section.paragraphs]
        return "\n".join([*parts, *self.closing])


def write(
    organ: Organ,
    year: int,
    figures: Figures | None,
    seed: int | str = 0,
    *,
    verdict: str = "verified",
    late: bool = False,
    contact_at: Literal["opening", "closing"] | None = None,
    contact: ContactData | None = None,
    published: date | None = None,
    statistics: bool = False,
) -> Report:
    """Write an organ's report for a year. Without figures a narrative; with ``statistics`` the 统计表 of 2014-2018."""
    chance = random.Random(f"writing {seed} {organ.name} {year}")
    told = data.load_yaml("demo/sentences.yaml")
    words = _words(chance, organ, year, figures)
    opening = _filled(chance, told["opening"]["jurisdiction" if organ.jurisdiction else "organ"], words)
    facts = vars(contact or organ.contact)
    missing = [f"{{{key}}}" for key, value in facts.items() if not value]
    fitting = [each for each in told["contact"] if not any(key in each for key in missing)]
    template = max(fitting, key=lambda each: each.count("{")) if contact else chance.choice(fitting)
    place = contact_at or chance.choice(("opening", "opening", "closing"))
    sentence = template.format_map(facts)
    stated = {key: value for key, value in facts.items() if "{" + key + "}" in template and value}
    title, day = _title(chance, organ, year), publication_date(chance, organ, year, late)
    report = Report(
        organ=organ,
        year=year,
        title=title,
        published=published or day,
        opening=[opening + sentence] if place == "opening" else [opening],
        sections=_sections(chance, told, words, figures, statistics),
        figures=figures,
        seed=seed,
        contact=stated,
        verdict=verdict,
        scope="jurisdiction" if organ.jurisdiction else ("organ" if "自身的情况" in opening else None),
        statistics=statistics_2014(f"{seed} {organ.name} {year}") if statistics else [],
    )
    if place == "closing":
        report.sections[-1].paragraphs.append(sentence)
    return report


def publication_date(chance: random.Random, organ: Organ, year: int, late: bool) -> date:
    """A day in time for the statutory date (31 January; 31 March for a government's own report), or well after it."""
    if late:
        return date(year + 1, 5, 6) + timedelta(days=chance.randrange(60))
    return date(year + 1, 1, 8) + timedelta(days=chance.randrange(65 if organ.jurisdiction else 22))


def _title(chance: random.Random, organ: Organ, year: int) -> str:
    return chance.choice(
        (
            f"{organ.name}{year}年政府信息公开工作年度报告",
            f"{organ.name}{year}年政府信息公开工作年度报告",
            f"{organ.name}{year}年度政府信息公开工作报告",
            f"{organ.name}{year}年政府信息公开年度报告",
            f"{year}年{organ.name}政府信息公开工作年度报告",
        )
    )


def _words(chance: random.Random, organ: Organ, year: int, figures: Figures | None) -> dict[str, Any]:
    count = figures.application if figures else (lambda row: 0)
    words: dict[str, Any] = {
        "organ": organ.name, "we": organ.we, "whole": organ.whole, "year": year, "next": year + 1,
        "new": count("new_received"), "carried": count("carried_in"), "granted": count("granted"),
        "partly": count("partly_granted"), "handled": count("handled_total"), "forward": count("carried_forward"),
        "site": chance.randint(180, 5200), "media": chance.randint(60, 2400), "gazette": chance.choice((4, 6, 12)),
        "training": chance.randint(1, 5),
    }  # fmt: skip
    values = figures.values if figures else {}
    for word, prefix in (("refused", "refused"), ("missing", "unavailable"), ("declined", "not_processed"),
                         ("other", "other")):  # fmt: skip
        words[word] = sum(
            int(value or 0)
            for code, value in values.items()
            if code.startswith(f"applications_{prefix}_") and code.endswith("_total")
        )
    words["documents"] = values.get("proactive_normative_documents_issued", values.get(
        "proactive_normative_documents_made", 0)) or 0  # fmt: skip
    words["reviews"] = values.get("review_review_total") or 0
    words["suits"] = (values.get("review_suit_direct_total") or 0) + (values.get("review_suit_after_review_total") or 0)
    return words


def _filled(chance: random.Random, sentences: list[str], words: dict[str, Any]) -> str:
    return chance.choice(sentences).format_map(words)


def _sections(
    chance: random.Random, told: dict[str, Any], words: dict[str, Any], figures: Figures | None, statistics: bool
) -> list[Section]:
    def say(kind: str) -> str:
        return _filled(chance, told[kind], words)

    if figures is None:
        sections = [
            Section("一", "概述", [say("general")]),
            Section("二", "主动公开政府信息的情况", [say("narrative_only"), say("management")]),
            Section("三", "存在的主要问题及改进措施", [say("problems")]),
        ]
        if statistics:
            sections.append(Section("四", "政府信息公开情况统计表", [], "statistics"))
        return sections
    titles = TITLES["2021" if figures.generations.get("proactive") == "2021" else "2019"]
    asked = say("requests") if words["new"] else say("no_requests")
    paragraphs = [
        [say("general"), say("proactive"), asked, say("management"), say("platform"), say("supervision")],
        [],
        [],
        [say("review")] if chance.random() < 0.3 and "review" in figures.generations else [],
        [say("problems")],
        [say("other")],
    ]
    return [
        Section(number, title, text, table if (table := FORM_OF_TABLE.get(number)) in figures.generations else None)
        for number, title, text in zip("一二三四五六", titles, paragraphs, strict=True)
    ]


def statistics_2014(seed: int | str) -> list[tuple[str, str, int | None]]:
    """The lines of a 统计表 (2014-2018): indicator, unit, value; None for the headings, sums that are right."""
    chance = random.Random(f"statistics {seed}")
    entries = data.load_yaml("demo/statistics.yaml")["indicators"]
    made = [chance.randint(0, entry["size"] * 2) if entry.get("size") else 0 for entry in entries]
    lines: list[tuple[str, str, int | None]] = []
    for entry, value in zip(entries, made, strict=True):
        if "unit" not in entry:
            lines.append((entry["label"], "", None))
            continue
        if letter := entry.get("sum"):
            value = sum(each for other, each in zip(entries, made, strict=True) if other.get("part") == letter)
        lines.append((entry["label"], entry["unit"], value))
    return lines
