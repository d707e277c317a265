"""The figures that a report's sentences state, with their place, and their comparison with the tables.

A note, never a verdict: texts round, count another scope, or keep last year's figure.
"""

from __future__ import annotations

from reports.narrative.comparison import compare
from reports.narrative.figures import read_figures

__all__ = ["compare", "read_figures"]
