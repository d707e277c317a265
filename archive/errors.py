"""What can go wrong with an archive, each with one clear line for the person who runs it."""

from __future__ import annotations


class ArchiveError(Exception):
    """The archive cannot do what was asked; the message says why, in one line."""


class PortalBusy(ArchiveError):
    """Another process is writing to this portal's archive (raised when a writer is opened, or recovery started)."""


class ArchiveFull(ArchiveError):
    """The disk is full. What was written of the exchange in hand has been taken back; nothing names it."""


class Damaged(ArchiveError):
    """A record cannot be read back: its bytes are not what a WARC writer wrote."""


class Orphan(Damaged):
    """A revisit that others made of an answer that is not in the archive: nothing is broken, and there is no body."""
