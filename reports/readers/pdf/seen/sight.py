"""What of a PDF's text is on its pages for a reader's eye, and what was left out because it is not."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from reports.document import Document, ReaderProblem
from reports.readers.charset import fitness
from reports.readers.pdf.page import UNREADABLE, PageContent

_SAMPLE, _MOST = 60, 2_000  # paragraphs, characters of them
_FEWEST = 60  # characters
_LEAST_FITNESS = 0.3  # of text: 0.9 and more


@dataclass(slots=True)
class Sight:
    """Characters, digits and pages whose text is not simply there to be seen, counted page by page."""

    outside: int = 0
    left_out: int = 0
    unseen: int = 0
    recognised: int = 0
    watermark: int = 0
    unnamed: int = 0
    untold: int = 0

    def add(self, page: PageContent) -> None:
        self.watermark += page.watermark
        self.unnamed += page.unnamed
        self.untold += page.untold
        self.outside += page.outside
        self.left_out += page.left_out
        self.unseen += page.unseen
        self.recognised += page.recognised

    def tell(self, document: Document) -> None:
        """As problems of the document."""
        if self.outside:
            message = f"{self.outside} characters stand outside the visible part of their pages and were left out"
            document.problems.append(ReaderProblem("text-off-page", message))
        if self.watermark:
            message = f"{self.watermark} characters of watermarks, at an angle or faint, were left out"
            document.problems.append(ReaderProblem("watermark", message))
        if self.left_out:
            message = f"{self.left_out} texts with figures that cannot be seen on their pages were left out"
            document.problems.append(ReaderProblem("text-hidden", message))
        if self.unseen:
            message = (
                f"{self.unseen} digits that are drawn invisibly, in white or under something else count as unreadable"
            )
            document.problems.append(ReaderProblem("text-unseen", message))
        if self.unnamed:
            message = f"the file has no text for {self.unnamed} characters beside figures: they count as unreadable"
            document.problems.append(ReaderProblem("text-unnamed", message))
        if self.untold:
            message = f"{self.untold} digits do not look like what the file says they are: they count as unreadable"
            document.problems.append(ReaderProblem("digits-untold", message))
        if self.recognised:
            document.ocr = True
            message = f"on {self.recognised} of the pages the text was recognised from a picture by another program"
            document.problems.append(ReaderProblem("text-recognised", message))


def tell_garbled(document: Document) -> None:
    """Says where the text is in no language: a file without a table that says which characters its glyphs are."""
    text = "".join(part.text for part in islice(document.paragraphs, _SAMPLE)).replace(UNREADABLE, "")[:_MOST]
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    if foreign >= _FEWEST and all(fitness(text, charset) < _LEAST_FITNESS for charset in ("gb18030", "big5hkscs")):
        message = "the file does not say which characters its text is made of: it can be read from a picture only"
        document.problems.append(ReaderProblem("text-garbled", message))


def tell_text_layer(document: Document, characters: int, pictures: int) -> None:
    """Says where ``pictures`` of the pages hold no text, or none of them does."""
    if characters == 0 and not any(problem.code == "damaged" for problem in document.problems):
        message = "the pages are pictures without a text layer" if pictures else "the pages hold no text"
        document.problems.append(ReaderProblem("no-text-layer", message))
    elif pictures:
        document.problems.append(ReaderProblem("no-text-layer", f"{pictures} of the pages are pictures without text"))
