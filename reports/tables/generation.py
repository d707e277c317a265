"""The generation of table 4, whose layout is the same in both forms."""

from __future__ import annotations

import data
from reports.document import Document, Paragraph
from reports.tables.instances import Tables
from reports.tables.labels import fold


def review_generation(document: Document, tables: Tables) -> str | None:
    """The generation of table 4: from its section's heading, else that of the tables around it."""
    headings: dict[str, list[str]] = data.load_yaml("forms/headings.yaml")["review_headings"]
    flow = document.flow[max(0, tables.first - 4) : tables.last + 1]
    if "review" in tables.readings:
        for part in reversed(flow):
            if isinstance(part, Paragraph) and len(part.text) <= 60:
                text = fold(part.text)
                for generation, phrases in headings.items():
                    if any(fold(phrase) in text for phrase in phrases):
                        return generation
    around = [tables.readings[table].generation for table in ("applications", "proactive") if table in tables.readings]
    told = [generation for generation in around if generation]
    return told[0] if told else None
