"""Readers against the tools that one would take instead, in one run, interleaved, medians of CPU time.

    python -m bench.readers [FOLDER]      # FOLDER holds the real corpus; ../shared/corpus/reports where it is not given

HTML: the reading of a page against parsel's bare DOM parse and ``pandas.read_html`` of it. PDF: against pypdfium2's
plain text and ``pdfplumber.extract_tables``. DOCX: against python-docx reading the same cells.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from reports.readers import read

ROUNDS = 15


def compare(title: str, candidates: dict[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Medians in milliseconds of CPU, measured in turn; prints them as ratios to the first candidate."""
    taken: dict[str, list[float]] = {name: [] for name in candidates}
    for _ in range(rounds):
        for name, run in candidates.items():
            start = time.process_time()
            run()
            taken[name].append(1000 * (time.process_time() - start))
    medians = {name: statistics.median(times) for name, times in taken.items()}
    ours = next(iter(medians.values()))
    print(title)
    for name, median in medians.items():
        print(f"  {name:34} {median:8.2f} ms   ours / it = {ours / median:5.2f}")
    return medians


def html(source: bytes, name: str) -> None:
    """A page."""
    import pandas
    import parsel

    text = source.decode("utf-8")

    def tables() -> object:
        return pandas.read_html(io.StringIO(text))

    compare(
        f"HTML {name}, {len(source) // 1000} KB",
        {
            "reports.readers.read": lambda: read(source, name=name, url="http://www.example.gov.cn/a/b.html"),
            "parsel, DOM only": lambda: parsel.Selector(text=text).root,
            "pandas.read_html": tables,
        },
    )


def pdf(source: bytes, name: str) -> None:
    """A PDF with ruled tables."""
    import pdfplumber
    import pypdfium2

    def plain() -> object:
        file = pypdfium2.PdfDocument(source)
        text = [page.get_textpage().get_text_range() for page in file]
        file.close()
        return text

    def plumber() -> object:
        with pdfplumber.open(io.BytesIO(source)) as file:
            return [page.extract_tables() for page in file.pages]

    compare(
        f"PDF {name}",
        {
            "reports.readers.read": lambda: read(source, name=name),
            "pypdfium2, plain text": plain,
            "pdfplumber.extract_tables": plumber,
        },
        rounds=7,
    )


def docx(figures: list[list[str]], name: str) -> None:
    """A Word file with the given rows as its table."""
    import docx as python_docx

    made = python_docx.Document()
    table = made.add_table(rows=len(figures), cols=len(figures[0]))
    for row, texts in zip(table.rows, figures, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    held = io.BytesIO()
    made.save(held)
    source = held.getvalue()

    def other() -> object:
        opened = python_docx.Document(io.BytesIO(source))
        return [[cell.text for cell in row.cells] for each in opened.tables for row in each.rows]

    compare(name, {"reports.readers.read": lambda: read(source, name="a.docx"), "python-docx": other})


def main() -> None:
    """Runs all comparisons that the folder has files for."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/corpus/reports")
    warnings.simplefilter("ignore")
    for path in sorted(folder.glob("*.html")):
        html(path.read_bytes(), path.name)
    for path in sorted(folder.glob("*.pdf")):
        pdf(path.read_bytes(), path.name)
    docx(
        [[f"{row}.{column}" for column in range(10)] for row in range(28)], "DOCX, one table of 28 rows and 10 columns"
    )


if __name__ == "__main__":
    main()
