"""Whether the page at a known report's address still is that report: portals answer 200 for what they have removed."""

from __future__ import annotations

import re

from crawler.discovery.links import Page, squeeze
from crawler.frontier.frontier import Row
from crawler.politeness import blocks
from reports.title import read_title

_TAG = re.compile(r"<[^>]*>")


def why_gone(row: Row, page: Page, text: str, digest: object = None) -> str | None:
    """Why a page without a report's phrases gives nothing for a row, or None where it may still be what was promised.

    For a report that is known this is also so where neither its name nor any other report's name stands on the page:
    the home page in its place, a list, a page under construction. What is only an attachment's link or a picture
    bears the report's name; a bare year or an organ's name may stand anywhere. The bytes that were a report are one.
    """
    if blocks.soft_404(page.title, text):
        return "gone: the page says that it is not there (soft 404)"
    if (
        not row.report
        or digest == row.digest
        or any(read_title(each).kind == "report" for each in (page.title, *page.headings))
    ):
        return None
    if row.anchor and read_title(row.anchor).kind == "report" and squeeze(row.anchor) in squeeze(_TAG.sub("", text)):
        return None
    return f"gone: another page stands there ({page.title[:60]})"
