"""The styles of the gold corpus: each prints a case as one document in one way. ``STYLES`` names them all."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from demo.layout import layout
from demo.render import Bend
from demo.writing import Report
from reports.record import Table
from tests.gold import bends, dialects, files, office, surroundings, tellings, texts, traps, wrappings
from tests.gold.cases import DIRTS, Case, Sample, Truth, case, without_columns
from tests.gold.hands import HANDS, TRAPS, Hand
from tests.gold.pages import Page, encoded, wrapped

Printer = Callable[["Case"], tuple[bytes, str, str | None]]  # body, name, Content-Type


@dataclass
class Style:
    """One way of printing. ``adjust`` changes the truth where the page itself has less (or says it otherwise)."""

    name: str
    print: Printer
    adjust: Callable[[Truth], None] = lambda truth: None
    slow: bool = False
    needs: str | None = None  # a program of the machine
    clean_only: bool = False  # print only figures without dirt
    change: Callable[[Case], None] = lambda made: None  # the report and its truth, before printing
    persons_only: bool = False
    forms: tuple[str, str] | None = None  # of tables 2 and 3, where the style needs them


def html(
    hand: str = "clean",
    bend: Bend | None = None,
    page: Page | None = None,
    charset: str = "utf-8",
    article: Callable[[Report, Hand, Bend | None], str] | None = None,
) -> Printer:
    """A page in HTML."""

    def print_(made: Case) -> tuple[bytes, str, str | None]:
        writer = {**HANDS, **TRAPS, **dialects.HANDS}[hand]()
        text = article(made.report, writer, bend) if article else writer.article(made.report, bend)
        body, content_type = encoded(wrapped(made.report, text, page or Page(), made.chance), charset)
        return body, "report.html", content_type

    return print_


def _split(at: int, **how: bool) -> Callable[[Report, Hand, Bend | None], str]:
    """Table 3 as two tables with a page number between them."""

    def article(report: Report, hand: Hand, bend: Bend | None) -> str:
        whole = hand.article(report, bend)
        assert report.figures
        drawn = layout("applications", report.figures)
        first, second = bends.pieces("applications", layout("applications", report.figures), at, **how)
        return whole.replace(hand.table(drawn), f"{hand.table(first)}<p>- 4 -</p>{hand.table(second)}")

    return article


def _all_in_one(report: Report, hand: Hand, bend: Bend | None) -> str:
    """The three tables joined into one, with their headings as rows."""
    text = hand.article(report, bend)
    return re.sub(r"</tbody></table>\s*<p[^>]*>([三四]、.*?)</p>\s*<table[^>]*><tbody>",
                  r'<tr><td colspan="10">\1</td></tr>', text)  # fmt: skip


def _with_copy(style: str, *, changed: bool) -> Callable[[Report, Hand, Bend | None], str]:
    """A copy of the tables that no reader of the page sees: hidden, or in a comment; ``changed``: an older state."""

    def article(report: Report, hand: Hand, bend: Bend | None) -> str:
        old = report
        if changed and report.figures:
            figures = report.figures.copy()
            figures.values = {code: (value or 0) + 3 for code, value in figures.values.items()}
            figures.printed = {}
            old = replace(report, figures=figures)
        copy, text = hand.article(old, bend), hand.article(report, bend)
        return f"<!--{copy}-->{text}" if style == "comment" else f'<div style="display:none">{copy}</div>{text}'

    return article


def _narrative_box(report: Report, hand: Hand, bend: Bend | None) -> str:
    """Other tables of figures around: a table of news by month and a table of the website's items."""
    rows = "".join(f"<tr><td>{month}月</td><td>{month * 17}</td><td>{month * 3}</td></tr>" for month in range(1, 13))
    table = f"<table><tr><td>月份</td><td>网站发布条数</td><td>总计</td></tr>{rows}</table>"
    text = hand.article(report, bend)
    return text.replace("（二）依申请公开", f"{table}（二）依申请公开", 1)


def _without(*tables: Table) -> Callable[[Truth], None]:
    def adjust(truth: Truth) -> None:
        for table in tables:
            truth.forms.pop(table, None)
            truth.values = {code: value for code, value in truth.values.items() if not code.startswith(table)}
        truth.verdict = "incomplete"

    return adjust


def _drop(table: Table) -> Bend:
    return lambda which, rows: [] if which == table else rows


def _untitled(truth: Truth) -> None:
    truth.title = None


def _no_date(truth: Truth) -> None:
    pass  # the signature still has it


def _unsigned(report: Report, hand: Hand, bend: Bend | None) -> str:
    text = hand.article(report, bend)
    return text[: text.rindex(f">{report.organ.name}<")].rsplit("<", 1)[0]


def _unscored_verdict(truth: Truth) -> None:
    truth.verdict = None


def _more_records(truth: Truth) -> None:
    truth.more_records_are_fair = True


def _no_column(*columns: str) -> Callable[[Truth], None]:
    def adjust(truth: Truth) -> None:
        without_columns(truth, *columns)
        truth.verdict = None  # the contract leaves open what a dropped column of zeros is

    return adjust


def _traditional(made: Case) -> tuple[bytes, str, str | None]:
    text = wrapped(made.report, HANDS["clean"]().article(made.report), Page(), made.chance)
    body, content_type = encoded(text.translate(bends.TRADITIONAL), "big5")
    return body, "report.html", content_type


def _only_figures(truth: Truth) -> None:
    """The text is in traditional characters: only figures and verdict are compared."""
    truth.organ = truth.title = truth.scope = None
    truth.sections, truth.contact = [], {}


def _title_in_two(report: Report) -> Page:
    cut = len(report.organ.name)
    return Page(title=report.title, before=f"<h2>{report.title[:cut]}<br>{report.title[cut:]}</h2>")


def _escaped_angle(report: Report, hand: Hand, bend: Bend | None) -> str:
    """An unescaped <…> in running text, as 兴安盟 has it."""
    note = "按照《国务院办公厅关于印发<中华人民共和国政府信息公开工作年度报告格式>的通知》要求编写。"
    return f"<p>{note}</p>" + hand.article(report, bend)


def _contact(told: tellings.Telling, made: Case) -> None:
    traps.retold(made, told.sentence, told.fields)


def _dated(kind: str) -> Callable[[Report, Hand, Bend | None], str]:
    return lambda report, hand, bend: tellings.date_line(report, kind) + hand.article(report, bend)


def _titled(kind: str, made: Case) -> None:
    made.report.title = tellings.TITLES[kind](made.organ.name, made.report.year)
    made.truth.title = made.report.title if kind != "book-marks" else None


STYLES: list[Style] = [
    # hands
    *(Style(f"html-{hand}", html(hand)) for hand in HANDS),
    # bends of the tables
    Style("html-repeated", html("clean", bends.repeated)),
    Style("html-emptied", html("clean", bends.emptied)),
    Style("html-ragged", html("clean", bends.ragged)),
    Style("html-shallow-header", html("clean", bends.shallow_header)),
    Style("html-organisations-named", html("word", bends.organisations_named)),
    Style("html-no-corner", html("boxed", bends.no_corner)),
    Style("html-letter-spaced", html("clean", bends.letter_spaced)),
    Style("html-narrow-breaks", html("breaks", bends.narrow_breaks)),
    Style("html-commas", html("clean", bends.points_as_commas)),
    Style("html-half-brackets", html("word", bends.half_brackets)),
    Style("html-without-notes", html("clean", bends.without_notes)),
    Style("html-no-numbers", html("clean", bends.no_numbers)),
    Style("html-typos", html("clean", bends.typos)),
    Style("html-traditional-labels", html("clean", bends.traditional)),
    Style("html-local-row", html("clean", bends.local_row), _unscored_verdict),
    Style("html-forward-first", html("clean", bends.forward_first)),
    Style("html-reordered", html("clean", bends.reordered)),
    Style("html-no-research", html("clean", bends.without_column("research")), _no_column("research"), clean_only=True,
          persons_only=True),
    Style("html-stacked-review", html("clean", bends.stacked_review)),
    Style("html-misaligned-review", html("clean", bends.misaligned_review)),
    Style("html-wide-values", html("clean", bends.wide_values)),
    Style("html-spans-too-wide", html("clean", bends.spans_too_wide)),
    Style("html-blank-rows", html("clean", bends.blank_rows)),
    Style("html-everything", html("word", bends.chained(bends.letter_spaced, bends.typos, bends.half_brackets))),
    # pages
    Style("html-metadata-table", html("word", page=Page("ucap", metadata_table=True))),
    Style("html-visible-date", html("clean", page=Page("visible"))),
    Style("html-bracket-date", html("clean", page=Page("bracket"))),
    Style("html-signature-date", html("boxed", page=Page("none"))),
    Style("html-split", html("clean", article=_split(14))),
    Style("html-split-header", html("clean", article=_split(12, header=True))),
    Style("html-split-label", html("clean", article=_split(15, label_cut=True))),
    Style("html-joined", html("clean", article=_all_in_one)),
    Style("html-hidden-copy", html("clean", article=_with_copy("hidden", changed=False))),
    Style("html-hidden-old-copy", html("clean", article=_with_copy("hidden", changed=True))),
    Style("html-commented-copy", html("word", article=_with_copy("comment", changed=True))),
    Style("html-other-tables", html("clean", article=_narrative_box)),
    Style("html-unescaped", html("clean", article=_escaped_angle)),
    Style("html-no-review-table", html("clean", _drop("review")), _without("review")),
    Style("html-no-proactive-table", html("clean", _drop("proactive")), _without("proactive")),
    # traps
    Style("trap-columns-reordered", html("clean", traps.columns_reordered)),
    Style("trap-total-first", html("clean", traps.total_first)),
    Style("trap-blocks-swapped", html("clean", traps.blocks_swapped)),
    Style("trap-review-columns-swapped", html("clean", traps.review_columns_swapped)),
    Style("trap-proactive-columns", html("clean", traps.proactive_columns_reordered), forms=("2021", "2021")),
    Style("trap-proactive-columns-2019", html("clean", traps.proactive_columns_reordered), forms=("2019", "2019")),
    Style("trap-proactive-rows", html("clean", traps.proactive_rows_swapped)),
    Style("trap-labels-lost", html("clean", traps.labels_lost), _unscored_verdict),
    Style("trap-row-missing", html("clean", traps.row_missing), change=traps.no_query_row, clean_only=True),
    Style("trap-header-in-yuan", html("clean", traps.yuan_label), change=traps.header_in_yuan, clean_only=True),
    Style("trap-footnotes", html("trap-footnotes")),
    Style("trap-footnotes-in-table-2", html("trap-footnotes-2"), clean_only=True),
    Style("trap-hidden-in-cells", html("trap-hidden")),
    Style("trap-entities", html("trap-entities")),
    Style("trap-mobile-copy", html("trap-mobile")),
    Style("trap-last-year-too", html("clean", article=traps.last_year_too), _more_records),
    Style("trap-tracked-docx", traps.tracked_docx),
    Style("trap-hidden-sheet", traps.hidden_sheet),
    Style("trap-spaced-text", traps.spaced_text),
    Style("trap-bold-pdf", files.pdf(bold=True)),
    Style("trap-pdf-columns-reordered", files.pdf(traps.columns_reordered)),
    Style("trap-pdf-blocks-swapped", files.pdf(traps.blocks_swapped)),
    Style("trap-docx-columns-reordered", files.docx(traps.columns_reordered)),
    Style("trap-text-columns-reordered", files.text(" | ", bend=traps.columns_reordered)),
    # tellings
    *(
        Style(f"contact-{told.name}", html("clean"), change=functools.partial(_contact, told), clean_only=True)
        for told in tellings.CONTACTS
    ),
    *(Style(f"date-{kind}", html("clean", page=Page("none"), article=_dated(kind)), clean_only=True)
      for kind in tellings.DATES),
    *(Style(f"title-{kind}", html("clean"), change=functools.partial(_titled, kind), clean_only=True)
      for kind in tellings.TITLES),
    # charsets
    *(
        Style(f"html-{charset}", html("clean", charset=charset))
        for charset in ("utf-8-undeclared", "utf-8-bom", "gbk", "gb2312-header", "gbk-undeclared", "utf-8-as-gb2312",
                        "gbk-as-utf-8", "latin-1-header", "utf-16")
    ),
    Style("html-big5", _traditional, _only_figures),
    # files
    Style("pdf", files.pdf()),
    Style("pdf-short-pages", files.pdf(height=420)),
    Style("pdf-odd-pages", files.pdf(height=610)),
    Style("pdf-repeated-header", files.pdf(height=420, repeat_header=True)),
    Style("pdf-misaligned-review", files.pdf(bends.misaligned_review)),
    Style("pdf-emptied", files.pdf(bends.emptied)),
    Style("pdf-kangxi", files.pdf(bends.each_label(files.kangxi))),
    Style("pdf-chromium", files.pdf_by_chromium, slow=True, needs="chromium"),
    Style("pdf-libreoffice", files.pdf_by_libreoffice, slow=True, needs="soffice"),
    Style("docx", files.docx()),
    Style("docx-repeated", files.docx(bends.repeated)),
    Style("docx-typos", files.docx(bends.typos)),
    Style("doc", files.doc, slow=True, needs="soffice"),
    Style("rtf", files.rtf, slow=True, needs="soffice"),
    Style("xlsx", files.xlsx()),
    Style("xlsx-text-cells", files.xlsx(as_text=True)),
    Style("xlsx-sheets", files.xlsx(sheets=True)),
    Style("xls", files.xls),
    Style("zip-docx", files.zipped(files.docx(), "docx")),
    Style("zip-pdf", files.zipped(files.pdf(), "pdf")),
    # text
    Style("text-marks", files.text(" | ")),
    Style("text-leading-marks", files.text("|", leading=True)),
    Style("text-tabs", files.text("\t")),
    Style("text-marks-lines", files.text_lines(mark=True)),
    Style("text-lines", files.text_lines(mark=False)),
    Style("text-gbk", files.text(" | ", encoding="gb18030")),
    # office files written by hand
    Style("odt", office.odf("odt")),
    Style("ods", office.odf("ods")),
    Style("rtf-nested", office.rtf_nested),
    Style("xlsx-accounting", office.accounting, change=office.noughts_as_dashes, clean_only=True),
    Style("docx-unseen", office.unseen_docx),
    Style("zip-in-zip", files.zipped(files.zipped(files.docx(), "docx"), "zip")),
    # tables of a PDF with few lines or none
    Style("pdf-unruled", files.pdf(rules="none")),
    Style("pdf-unruled-short-pages", files.pdf(rules="none", height=420, repeat_header=True)),
    Style("pdf-unruled-odd-pages", files.pdf(rules="none", height=610)),
    Style("pdf-unruled-kangxi", files.pdf(bends.each_label(files.kangxi), rules="none")),
    Style("pdf-lines-across", files.pdf(rules="across")),
    Style("pdf-ruled-header", files.pdf(rules="header", height=610, repeat_header=True)),
    # further dialects
    Style("html-lists", html("lists")),
    Style("html-drawn-with-marks", html("drawn-with-marks"), clean_only=True),
    Style("html-short-labels", html("clean", dialects.short_labels)),
    Style("html-last-year-beside", html("word", dialects.last_year_beside)),
    Style("html-unfilled-column", html("clean", dialects.unfilled_column)),
    *(Style(f"html-mixture-{seed}", html(hand, dialects.mixture(seed)))
      for seed, hand in enumerate(("clean", "word", "nbsp", "boxed", "clean", "word", "divs", "split-digits"))),
    Style("text-behind-a-colon", dialects.behind_a_colon("、")),
    Style("text-behind-a-colon-commas", dialects.behind_a_colon("，")),
    # office files in other wrappings
    Style("docx-by-wps", wrappings.by_wps),
    Style("docx-revised-cells", wrappings.revised_cells),
    Style("docx-page-inside", wrappings.with_a_page_inside),
    Style("doc-word-2003", wrappings.word_2003),
    Style("xls-sheet-2003", wrappings.sheet_2003),
    Style("xls-saved-page", wrappings.saved_workbook),
    Style("xlsx-white-noughts", wrappings.white_noughts(files.xlsx()), change=office.noughts_as_dashes,
          clean_only=True),
    Style("rtf-boxes", wrappings.boxed_rtf),
    # PDF files as offices and browsers print them
    Style("pdf-lines-between-columns", files.pdf(rules="columns", height=610)),
    Style("pdf-running-head", files.pdf(rules="none", height=610, running_head="某县政府信息公开工作年度报告（2020）")),
    Style("pdf-chromium-unruled", functools.partial(files.pdf_by_chromium, lines=False), slow=True, needs="chromium"),
    Style("pdf-libreoffice-unruled", functools.partial(files.pdf_by_libreoffice, lines=False), slow=True,
          needs="soffice"),
    # surroundings
    Style("html-scripted", surroundings.scripted),
    Style("html-drawn-by-styles", html("clean", bends.repeated, article=surroundings.drawn_by_styles)),
    Style("html-furnished", surroundings.furnished),
    Style("html-in-its-column", surroundings.in_its_column),
    # text as programs leave it
    *(Style(name, print_) for name, print_ in texts.PRINTERS.items()),
]  # fmt: skip


def sample(style: Style, number: int) -> Sample:
    """Document ``number`` of a style: the kinds of dirt come in turn, each with its own seed."""
    position = STYLES.index(style)
    dirt = DIRTS[0] if style.clean_only else DIRTS[(position * 7 + number * 3) % len(DIRTS)]
    if style.persons_only:
        dirt = replace(dirt, persons_only=True)
    if style.forms:
        dirt = replace(dirt, forms=style.forms)
    made = case(dirt, number, style.name)
    style.change(made)
    style.adjust(made.truth)
    body, name, content_type = style.print(made)
    return Sample(style.name, dirt.name, number, body, name, [made.truth], None, content_type)
