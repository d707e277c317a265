"""The files that a report's page links."""

from __future__ import annotations

import re

from reports.document import Document
from reports.record import Attachment

_FILE = re.compile(
    r"\.(?:pdf|docx?|wps|et|xlsx?|ofd|zip|rar|7z|rtf|txt|pptx?|jpe?g|png|csv)(?:$|[?#&])|downfile\.jsp|/download", re.I
)
_NAMED = re.compile(r"\.(?:pdf|docx?|wps|et|xlsx?|ofd|zip|rar|rtf)$", re.I)
_PAGES = (".html", ".shtml", ".htm", "/", ".jsp", ".jhtml", ".cn", "#")


def attachments(document: Document) -> list[Attachment]:
    """The linked files of the page's body, once each, in the page's order; the name is the link's text or title."""
    found: dict[str, Attachment] = {}
    for link in document.links:
        if link.url.endswith(_PAGES) and "." not in link.text:
            continue
        url = re.sub(r"\s", "", link.url)
        if not url or url.lower().startswith(("javascript:", "mailto:", "tel:", "#")):
            continue
        name = (link.text or link.title).strip() or url.rsplit("/", 1)[-1]
        is_file = bool(_FILE.search(url)) or bool(_NAMED.search(name)) or bool(_NAMED.search(link.title))
        if is_file and (link.in_body or _NAMED.search(name)):
            found.setdefault(url, Attachment(url=url, name=name))
    return list(found.values())
