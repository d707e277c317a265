"""Deletions under revision tracking that stand where they stood, between two marks.

Most programs move deleted text to ``text:tracked-changes``. LibreOffice leaves it in its place in some files, so that
its region there is empty (OpenDocument 1.3, part 3, 5.5): ``8`` deleted and ``20`` put in were read as 820.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from reports.readers.odf.styles import get, name_of


@dataclass(slots=True)
class Deletions:
    """``open``: the deletions inside which the text now is."""

    open: set[str] = field(default_factory=set)
    _known: set[str] = field(default_factory=set)

    def note(self, changes: Any) -> None:
        """Takes in what the file tells of its changes."""
        self._known |= {get(each, "id") for each in changes if any(name_of(part) == "deletion" for part in each)}

    def mark(self, element: Any, *, begins: bool) -> None:
        """Takes in a mark where a change begins or ends."""
        change = get(element, "change-id")
        if begins and change in self._known:
            self.open.add(change)
        elif not begins:
            self.open.discard(change)
