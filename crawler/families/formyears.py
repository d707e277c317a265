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
_APART = re.compile(r"<(select|script|style)\b.*?</\1>", re.S | re.I)
_MOST = 20  # years of one form


def by_year(page: Page) -> dict[int, Step]:
    """The requests by year; none where the form shows all years until one is chosen.

    A page whose menu says 全部年度 may show the newest year alone all the same: then it names none of the others.
    """
    for form in page.tree.css("form") if page.tree is not None and "<select" in page.text.lower() else []:
        for select in form.css("select[name]"):
            shown = chosen(select)
            years = {
                year[1]: option
                for option in select.css("option")
                if (year := _YEAR.fullmatch(option.text()) or _YEAR.fullmatch(value_of(option)))
            }
            if len(years) < 2 or shown is None:
                continue
            if shown.mem_id in {each.mem_id for each in years.values()}:
                others = {year: option for year, option in years.items() if option.mem_id != shown.mem_id}
            else:
                others = _unseen(page, years)
            if others:
                return {int(year): _chosen(page, form, select, option) for year, option in list(others.items())[:_MOST]}
    return {}


def _unseen(page: Page, years: dict[str, LexborNode]) -> dict[str, LexborNode]:
    """The years that a page names nowhere but in its menus, where it names another one of them."""
    said = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?=年)", re.sub(r"<[^>]*>", "", _APART.sub("", page.text))))
    return {year: option for year, option in years.items() if year not in said} if said & set(years) else {}


def _chosen(page: Page, form: LexborNode, select: LexborNode, option: LexborNode) -> Step:
    name = select.attributes.get("name") or ""
    call = CALL.search(html.unescape(select.attributes.get("onchange") or ""))
    if call:
        return back(page, form, call[1], call[2], 1, **{name: value_of(option)})
    return sent(page, form, fields_of(form) | {name: value_of(option)}, 1)
