"""What the code knows: forms, labels, slugs, decoys, families, divisions, portals, the demo portals' content.

Everything here is meant to be read and corrected by somebody who reads Chinese but no Python. The code asks for a file
by its path below this folder; a file that is missing or malformed is an error that names it, never an empty default.
"""

from __future__ import annotations

import csv
import functools
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent


class DataFileError(ValueError):
    """A file under data/ is missing or cannot be read; the message names the file and the reason."""


def path(name: str) -> Path:
    """The absolute path of a data file or folder, e.g. ``path("forms/review.yaml")``."""
    found = FOLDER / name
    if not found.exists():
        raise DataFileError(f"data/{name} is missing; the installation is incomplete")
    return found


@functools.cache
def load_yaml(name: str) -> Any:
    """The content of a YAML file below data/. Cached: treat the result as read-only."""
    try:
        return yaml.load(path(name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise DataFileError(f"data/{name} is not valid YAML: {error}") from error


@functools.cache
def load_csv(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV file below data/, as dictionaries by the header row. Cached: treat as read-only."""
    with path(name).open(encoding="utf-8-sig", newline="") as lines:
        return tuple(csv.DictReader(lines))
