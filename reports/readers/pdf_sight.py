"""What of a PDF's text is on its pages for a reader's eye, and what was left out because it is not."""

from __future__ import annotations

from dataclasses import dataclass

from reports.document import Document, ReaderProblem
from reports.readers.pdf_page import PageContent


@dataclass(slots=True)
class Sight:
    """Characters, digits and pages whose text is not simply there to be seen, counted page by page."""

    outside: int = 0
    unseen: int = 0
    recognised: int = 0
    watermark: int = 0

    def add(self, page: PageContent) -> None:
        self.watermark += page.watermark
        self.outside += page.outside
        self.unseen += page.unseen
        self.recognised += page.recognised

    def tell(self, document: Document) -> None:
        """As problems of the document."""
        if self.outside:
            message = f"{self.outside} characters stand outside the visible part of their pages and were left out"
            document.problems.append(ReaderProblem("text-off-page", message))
        if self.watermark:
            message = f"{self.watermark} characters of watermarks, at an angle or large and faint, were left out"
            document.problems.append(ReaderProblem("watermark", message))
        if self.unseen:
            message = (
                f"{self.unseen} digits that are drawn invisibly, in white or under something else count as unreadable"
            )
            document.problems.append(ReaderProblem("text-unseen", message))
        if self.recognised:
            document.ocr = True
            message = f"on {self.recognised} of the pages the text was recognised from a picture by another program"
            document.problems.append(ReaderProblem("text-recognised", message))


def tell_text_layer(document: Document, characters: int, pictures: int) -> None:
    """Says where ``pictures`` of the pages hold no text, or none of them does."""
    if characters == 0 and not any(problem.code == "damaged" for problem in document.problems):
        message = "the pages are pictures without a text layer" if pictures else "the pages hold no text"
        document.problems.append(ReaderProblem("no-text-layer", message))
    elif pictures:
        document.problems.append(ReaderProblem("no-text-layer", f"{pictures} of the pages are pictures without text"))
