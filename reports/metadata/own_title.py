"""The title that a file or page says of itself, without what the program that made it wrote there.

Browsers print pages as ``about:blank``, editors call a paper that nobody named ``无标题文档``, and drivers of printers
put the file's name behind their own: ``Microsoft Word - 年报.doc``. The words are in ``data/titles.yaml``.
"""

from __future__ import annotations

import functools
import re

import data

_FILE = re.compile(r"\.(?:docx?|wps|pdf|xlsx?|et|rtf|odt|ofd|txt|s?html?)\s*$", re.I)


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = data.load_yaml("titles.yaml")
    nobody = "|".join(words["not_titles"])
    return re.compile(f"(?:{nobody})", re.I), re.compile("|".join(words["title_prefixes"]), re.I)


def own_title(said: str) -> tuple[str, bool]:
    """The title, empty where nobody gave one, and whether it is only a file's name: less than what is printed."""
    nobody, prefixes = _patterns()
    text = said.strip()
    begun = prefixes.match(text)
    name = _FILE.sub("", text[begun.end() :] if begun else text).strip()
    return ("" if nobody.fullmatch(name) else name, name != text)
