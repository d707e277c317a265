"""Reports that a script opens by an organ and a year of its own arrays: ``view(depts[i].id, years[j])``.

``function view(d, y){location.href = 'view.jsp?dept=' + d + '&year=' + y}`` says what becomes of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product

from crawler.discovery.calls import openers
from crawler.discovery.links import Page, squeeze
from crawler.discovery.scoring import names_branch
from crawler.families import terms
from crawler.families.brackets import balanced, split
from crawler.families.listing import MOST, Step
from crawler.families.selects import Choice

_YEARS = re.compile(r"\[\s*(?:['\"]?(?:19|20)\d\d['\"]?\s*,\s*)+['\"]?(?:19|20)\d\d['\"]?\s*,?\s*\]")
_ARRAY = re.compile(r"[=:(]\s*(?=\[\s*[\[{])")
_VALUE = re.compile(r"\s*(?:['\"]?[\w$]+['\"]?\s*:)?\s*(?:'([^'\n]*)'|\"([^\"\n]*)\"|(\d+))\s*$")
_OF_YEAR = re.compile(r"y|yr|nd|nf|years?|nian\w*", re.I)


def choices(page: Page) -> list[Choice]:
    """The requests of all organs and years, where a function of the page opens one by both; else none."""
    listed = _YEARS.search(page.text)
    if listed is None:
        return []
    years = list(dict.fromkeys(re.findall(r"\d{4}", listed[0])))
    organs = list(dict.fromkeys(_organs(page)))
    if len(years) < 2 or len(organs) < 2:
        return []
    for names, body, opens in openers(page):
        of_year = [name for name in names if _is_year(name, body)]
        if len(names) != 2 or len(of_year) != 1:
            continue
        of_organ = next(name for name in names if name != of_year[0])
        found = [
            Choice(f"{organ} {year}", int(year), Step(address, 1, linked=True))
            for (key, organ), year in islice(product(organs, years), MOST)
            if (address := opens({of_organ: key, of_year[0]: year}))
        ]
        if len({each.step.url for each in found}) == len(found) > 1:
            return found
    return []


def _is_year(name: str, body: str) -> bool:
    """Whether a parameter is a year: by its name, or by what it is asked as (``'&year=' + y``)."""
    asked_as = re.search(rf"[?&]([\w.]+)=['\"]\s*\+\s*{re.escape(name)}\b", body)
    return terms.of_year(asked_as[1]) if asked_as else bool(_OF_YEAR.fullmatch(name))


def _organs(page: Page) -> Iterator[tuple[str, str]]:
    """Keys and names of the organs that stand in an array: ``{id: '3', name: '教育局'}``, ``['3', '教育局']``."""
    for script in page.scripts:
        for array in _ARRAY.finditer(script):
            for part in split(balanced(script, array.end(), 60_000) or "", ","):
                inner = balanced(part.strip(), 0) if part.strip()[:1] in ("{", "[") else None
                read = (_VALUE.match(each) for each in split(inner or "", ","))
                values = [next(each for each in match.groups() if each is not None) for match in read if match]
                name = next((squeeze(each) for each in values if names_branch(squeeze(each))), "")
                key = next((each for each in values if each and each.isascii()), "")
                if name and key:
                    yield key, name
