"""The documents name commands that exist, and the reference says what the help texts say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.main import VERBS
from cli.reference import DOCUMENT, reference

ROOT = Path(__file__).resolve().parent.parent.parent


def test_the_reference_is_what_the_commands_say() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == reference(), "run python -m cli.reference and look at the difference"


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "docs/operations.md", "docs/archive.md"])
def test_documents_name_verbs_and_targets_that_exist(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    verbs = set(re.findall(r"(?:`|\$ |bin/|^|&& )gongkai ([a-z]+)", text, re.M))
    assert verbs <= set(VERBS), verbs - set(VERBS)
    targets = set(re.findall(r"`make ([a-z-]+)`|\$ make ([a-z-]+)", text))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for first, second in targets:
        assert re.search(rf"^{first or second}:", makefile, re.M), first or second


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/operations.md"])
def test_links_lead_somewhere(document: str) -> None:
    path = ROOT / document
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target
