"""Bytes in, ``Document`` out: one module a format, one document model for all.

``read`` never raises on bad bytes: a damaged file is a document with a problem that says what is wrong. The kind is
told from the bytes, not from the name: portals store Word files without an extension, error pages as ``.pdf``, HTML
as ``.doc``.
"""

from __future__ import annotations

from reports.readers.reading import read, read_again

__all__ = ["read", "read_again"]
