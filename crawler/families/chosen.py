"""Lists of which a page lets one choose the year, and a script asks for the chosen one: the request for each year."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.discovery.links import SCRIPT, Page
from crawler.families import asked, terms

_MOST = 20  # years of one page
_OFFERED = re.compile(
    r"<option\b[^>]*?\bvalue\s*=\s*['\"]?((?:19|20)\d\d)['\"]?[\s>/]"
    r"|\bdata-[\w-]+\s*=\s*['\"]?((?:19|20)\d\d)['\"]?[\s>/]"
    r"|\b(?:onclick|href)\s*=\s*(?:\"[^\">]*|'[^'>]*)\(\s*['\"]?((?:19|20)\d\d)['\"]?\s*[,)]",
    re.I,
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:年|年度)?")


def years(page: Page) -> list[str]:
    """The years of a page's <select>, tabs or buttons, where no address is known for them; at least two, or none."""
    found = dict.fromkeys(next(filter(None, each)) for each in _OFFERED.findall(SCRIPT.sub("", page.text)))
    if len(found) < 2 or sum(bool(_YEAR.fullmatch(link.text)) for link in page.links) > 1:
        return []
    return list(found)[:_MOST]


def by_year(request: asked.Asked, offered: list[str]) -> dict[str, asked.Asked]:
    """The request for each year; none where it depends on no year."""
    names = "|".join(map(re.escape, sorted(terms.named("years"))))
    asks = re.compile(rf"([?&](?:{names})=)(?:{'|'.join(offered)})?(?=&|$)", re.I)

    def of(year: str) -> asked.Asked:
        fields: dict[str, terms.Value] = {
            name: year if name.lower() in terms.named("years") or str(value) in (terms.CHOSEN, *offered) else value
            for name, value in request.fields.items()
        }
        address = asks.sub(rf"\g<1>{year}", request.address).replace(terms.CHOSEN, year)
        return replace(request, address=address, fields=fields)

    found = {year: of(year) for year in offered}
    return found if found[offered[0]] != found[offered[1]] else {}
