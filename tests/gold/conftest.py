"""Makes ``tests.gold`` importable by its full name, as ``python -m tests.gold.score`` does."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
