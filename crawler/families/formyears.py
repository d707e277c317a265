"""Lists of which a form chooses the year: the request for each year that its <select> offers beside the one shown."""

from __future__ import annotations

import html
import re

from selectolax.lexbor import LexborNode

from crawler.discovery.links import Page
from crawler.families.forms import chosen, fields_of, sent, value_of
from crawler.families.listing import Step
from crawler.families.postback import CALL, back

_YEAR = re.compile(r"\s*((?:19|20)\d\d)\s*(?:年|年度)?\s*")
_MOST = 20  # years of one form


def by_year(page: Page) -> dict[int, Step]:
    """The requests by year; none where the form shows all years until one is chosen."""
    for form in page.tree.css("form") if page.tree is not None and "<select" in page.text.lower() else []:
        for select in form.css("select[name]"):
            shown = chosen(select)
            years = {
                year[1]: option
                for option in select.css("option")
                if (year := _YEAR.fullmatch(option.text()) or _YEAR.fullmatch(value_of(option)))
            }
            if len(years) < 2 or shown is None or shown.mem_id not in {each.mem_id for each in years.values()}:
                continue
            others = {year: option for year, option in years.items() if option.mem_id != shown.mem_id}
            return {int(year): _chosen(page, form, select, option) for year, option in list(others.items())[:_MOST]}
    return {}


def _chosen(page: Page, form: LexborNode, select: LexborNode, option: LexborNode) -> Step:
    name = select.attributes.get("name") or ""
    call = CALL.search(html.unescape(select.attributes.get("onchange") or ""))
    if call:
        return back(page, form, call[1], call[2], 1, **{name: value_of(option)})
    return sent(page, form, fields_of(form) | {name: value_of(option)}, 1)
