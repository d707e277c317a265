"""Whole extraction against the tools that one would take instead: one run, interleaved, medians of CPU, ratios only.

    python -m bench.extract [FOLDER] [--rounds N]

FOLDER holds reports; ``../shared/corpus/reports`` where it is not given, and generated ones where that is missing.
Ours is all of ``reports.extract``: reading, tables, metadata, checks, verdict. Theirs is a part of it: parsel's bare
DOM parse, ``pandas.read_html``, pypdfium2's plain text, ``pdfplumber.extract_tables``, python-docx reading the cells,
dateparser. The exit status is 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import gc
import io
import random
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from bench import dates
from demo.figures import balanced
from demo.organs import invented
from demo.render import docx as docx_hand
from demo.render import html as html_hands
from demo.render import pdf as pdf_hand
from demo.writing import Report, write
from reports import extract
from reports.checks import check_tables
from reports.document import Document
from reports.metadata import describe
from reports.metadata.dates import read_date
from reports.narrative import read_figures
from reports.readers import read
from reports.readers.charset import decode
from reports.readers.html.page import fill, read_html
from reports.readers.html.seen.shown import shown
from reports.readers.html.walk import walk
from reports.tables.find import find_tables
from tests.gold.pages import Page, wrapped

CORPUS = Path("../shared/corpus/reports")
Sources = dict[str, bytes]
Other = Callable[[bytes], object]


@dataclass
class Comparison:
    """One other tool. ``goal``: the most that ours may take of its time."""

    name: str
    goal: float
    run: Other
    ratios: list[float] = field(default_factory=list)


def dom(source: bytes) -> object:
    """Parsel's parse of the page, and nothing else."""
    import parsel

    return parsel.Selector(text=source.decode("utf-8", "replace")).root


def frames(source: bytes) -> object:
    """The tables of a page as pandas reads them."""
    import pandas

    return pandas.read_html(io.StringIO(source.decode("utf-8", "replace")))


def plain_text(source: bytes) -> object:
    """The text of a PDF."""
    import pypdfium2

    file = pypdfium2.PdfDocument(source)
    try:
        return [page.get_textpage().get_text_range() for page in file]
    finally:
        file.close()


def plumbed(source: bytes) -> object:
    """The tables of a PDF as pdfplumber reads them."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(source)) as file:
        return [page.extract_tables() for page in file.pages]


def cells(source: bytes) -> object:
    """The cells of a Word file as python-docx reads them."""
    import docx

    opened = docx.Document(io.BytesIO(source))
    return [[cell.text for cell in row.cells] for table in opened.tables for row in table.rows]


def measured(source: bytes, name: str, others: list[Comparison], rounds: int) -> None:
    """Takes turns with the others on one source and keeps the ratios of the medians."""
    runs: list[Callable[[], object]] = [lambda: extract(source, name=name)]
    runs += [lambda run=each.run: run(source) for each in others]  # type: ignore[misc]
    taken: list[list[float]] = [[] for _ in runs]
    for turn in range(rounds + 1):
        for number, run in enumerate(runs):
            gc.collect()  # what the others leave behind is not to be cleared in our time
            began = time.process_time()
            run()
            if turn:  # the first turn warms up
                taken[number].append(time.process_time() - began)
    ours, *theirs = (statistics.median(times) for times in taken)
    for each, their in zip(others, theirs, strict=True):
        each.ratios.append(ours / their)


def told(each: Comparison, kind: str) -> bool:
    """Prints a comparison and says whether it meets its goal."""
    middle = statistics.median(each.ratios)
    met = middle <= each.goal
    if each.goal < 1:
        line = f"{1 / middle:8.1f} times faster (goal {1 / each.goal:.0f}), at worst {1 / max(each.ratios):.1f}"
    else:
        line = f"{middle:8.2f} times its time (goal {each.goal:.1f}), at worst {max(each.ratios):.2f}"
    print(f"  {kind:5} against {each.name:28} {line}{'' if met else '   MISSED'}")
    return met


def timed(run: Callable[..., object], *given: object, **named: object) -> float:
    """The CPU seconds that a call takes."""
    began = time.process_time()
    run(*given, **named)
    return time.process_time() - began


def shares(sources: Sources, rounds: int) -> None:
    """Prints where the time of whole extractions goes, in per cent."""
    parts = dict.fromkeys(("reader", "tables", "checks", "metadata", "narrative"), 0.0)
    whole = 0.0
    for name, source in sources.items():
        for _ in range(rounds):
            whole += timed(extract, source, name=name)
            parts["reader"] += timed(read, source, name=name)
            for document in read(source, name=name):
                parts["tables"] += timed(find_tables, document)
                for tables in find_tables(document):
                    parts["checks"] += timed(check_tables, tables.readings.values())
                told = describe(document, None)
                parts["metadata"] += timed(describe, document, None)
                if told.narrative:
                    stated = timed(read_figures, told.sections, True, told.year)
                    parts["narrative"] += stated
                    parts["metadata"] -= stated
    rest = max(0.0, whole - sum(parts.values()))
    told_parts = [*parts.items(), ("second readings, comparison, the record", rest)]
    print("        " + ", ".join(f"{part} {100 * taken / whole:.0f} %" for part, taken in told_parts))


def shares_of_reading(pages: Sources, rounds: int) -> None:
    """Prints where the time of reading HTML goes, in per cent of it: parsing is lexbor's own, all else is ours."""
    parts = dict.fromkeys(("charset", "parsing", "what is hidden", "walking the tree", "merged cells"), 0.0)
    whole = 0.0
    for source in pages.values():
        for _ in range(rounds):
            whole += timed(read_html, source)
            parts["charset"] += timed(decode, source)
            parts["parsing"] += timed(LexborHTMLParser, source)
            tree = LexborHTMLParser(source)
            hidden = timed(shown, tree, source)
            parts["what is hidden"] += hidden
            parts["walking the tree"] += timed(walk, tree, source) - hidden
            walked = walk(tree, source)
            parts["merged cells"] += timed(fill, Document("html"), walked)
    rest = max(0.0, whole - sum(parts.values()))
    told_parts = [*parts.items(), ("rest", rest)]
    print("        of its reading: " + ", ".join(f"{part} {100 * taken / whole:.0f} %" for part, taken in told_parts))


def first_sight(pages: int) -> None:
    """Prints the ratio for generated pages that are read once each: no text of theirs is kept from a reading before."""
    ratios = []
    organs = invented("bench first sight", pages).organs
    for number, organ in enumerate(organs[:pages]):
        report = write(organ, 2024, balanced(f"first sight {number}"), number)
        hand = html_hands.HANDS[sorted(html_hands.HANDS)[number % len(html_hands.HANDS)]]
        source = wrapped(report, hand().article(report), Page(), random.Random(number)).encode()
        gc.collect()
        ratios.append(timed(extract, source, name="page.html") / timed(dom, source))
    print(f"        pages seen for the first time (generated): {statistics.median(ratios):.2f} times parsel's parse")


def generated() -> list[Report]:
    """Some invented reports."""
    organs = invented("bench extract", 4).organs
    return [write(organ, 2024, balanced(f"bench {number}"), number) for number, organ in enumerate(organs[:4])]


def found(folder: Path, ending: str) -> Sources:
    """The files of a kind in the folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob(f"*.{ending}"))}


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.extract", description="extraction against other tools")
    parser.add_argument("folder", type=Path, nargs="?", default=CORPUS)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    made = generated()
    drawn: Sources = {}
    for number, (name, hand) in enumerate(sorted(html_hands.HANDS.items())):
        report = made[number % len(made)]
        drawn[f"{name}.html"] = wrapped(report, hand().article(report), Page(), random.Random(number)).encode()
    pdfs = {f"{number}.pdf": pdf_hand.render(report) for number, report in enumerate(made[:2])}
    words = {f"{number}.docx": docx_hand.render(report) for number, report in enumerate(made[:2])}
    real = options.folder.is_dir()
    print(f"CPU time, medians of {options.rounds} rounds, interleaved; {'real' if real else 'generated'} reports")
    met = True
    for kind, sources, others, rounds in (
        ("HTML", (found(options.folder, "html") if real else {}) or drawn,
         [Comparison("parsel, DOM only", 2.0, dom), Comparison("pandas.read_html", 1 / 6, frames)], options.rounds),
        ("PDF", (found(options.folder, "pdf") if real else {}) or pdfs,
         [Comparison("pypdfium2, plain text", 2.5, plain_text),
          Comparison("pdfplumber.extract_tables", 1 / 10, plumbed)], max(3, options.rounds // 2)),
        ("DOCX", words, [Comparison("python-docx, the cells", 1.0, cells)], max(3, options.rounds // 2)),
    ):  # fmt: skip
        for name, source in sources.items():
            measured(source, name, others, rounds)
        for each in others:
            met &= told(each, kind)
        shares(sources, options.rounds)
        if kind == "HTML":
            shares_of_reading(sources, options.rounds)
            first_sight(24)
    met &= told(against_dateparser(options.rounds), "dates")
    return 0 if met else 1


def against_dateparser(rounds: int) -> Comparison:
    """The dates patterns; ``bench.dates`` tells more."""
    import dateparser

    compared = Comparison("dateparser", 1 / 100, lambda _: None)
    for _ in range(max(3, rounds // 3)):
        ours = dates.once(read_date, 400)
        compared.ratios.append(ours / dates.once(lambda text: dateparser.parse(text, languages=["zh"]), 2))
    return compared


if __name__ == "__main__":
    sys.exit(main())
