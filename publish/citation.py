"""How to cite a report as this data set has it: with the data's version and the capture's time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from publish.language import text
from publish.report_page import ReportPage


@dataclass(frozen=True, slots=True)
class Citation:
    """In words, and as a BibTeX entry."""

    text: str
    bibtex: str


def cite(page: ReportPage, version: str, site: str) -> Citation:
    """Both citations of a report. ``site`` is the site's address without a slash at its end."""
    report, organ = page.report, page.organ
    address = f"{site}/report/{quote(report['id'], safe='-')}"
    captured = page.capture.get("time", report["last_seen"])
    title = report["title"] or f"{organ['name']}{report['year']}"
    words = text(
        "cite_text", None, organ=organ["name"], title=title, published=report["published"] or text("unknown"),
        version=version,
        time=captured, url=address,
    )  # fmt: skip
    key = re.sub(r"[^A-Za-z0-9]+", "", f"gongkai{report['id']}")
    fields = {
        "author": "{" + _tex(organ["name"]) + "}", "title": _tex(title),
        "year": report["published"][:4] if report["published"] else "",
        "note": _tex(f"Report for {report['year']}. Gongkai database, data version {version}; captured {captured}"),
        "url": address, "language": "chinese",
    }  # fmt: skip
    lines = "\n".join(f"  {name} = {{{value}}}," for name, value in fields.items() if value)
    return Citation(words, f"@techreport{{{key},\n{lines}\n}}")


def _tex(words: str) -> str:
    """A portal's words without what BibTeX would take for syntax."""
    return re.sub(r"[{}\\%$#&_^~]", " ", words).strip()
