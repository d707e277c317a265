"""Lists that a page's tabs, organs or choices ask for by one call each (``getList('bm')``, ``getList('xz')``)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.discovery.calls import body_of
from crawler.discovery.links import Page, squeeze
from crawler.discovery.scoring import names_branch
from crawler.families import anylist, arrays, asked, buttons, cascade, formyears, made, selects, terms, turned
from crawler.families.listing import MOST, Step
from crawler.families.passed import functions, literals

_DATA = re.compile(r"\.(?:json|xml)$", re.I)
_LIST = re.compile(r"list|\.(?:json|xml)$", re.I)
_NUMBERS = ({"0", "1"}, {"1", "2"})  # what a path holds that is called with these turns the pages


def choices(page: Page, years: range | None, *, bare: bool = False) -> Iterator[tuple[str, int | None, Step]]:
    """As ``_choices``; what fills an empty menu of a form leads on to what the form sends."""
    forms = cascade.filling(page) if bare else []
    chosen = [*cascade.chosen(page)] if forms else []
    for name, step in chosen:
        yield name, None, cascade.filled_by(step, forms, name)
    if chosen:
        return
    for name, year, step in _choices(page, years, bare=bare):
        yield name, year, cascade.filled_by(step, forms, name) if forms and not step.linked else step


def _choices(page: Page, years: range | None, *, bare: bool) -> Iterator[tuple[str, int | None, Step]]:
    """The lists that a page lets one choose: the choice, its year if it is one, and the request.

    ``bare``: the page shows no entries before something is chosen.
    """
    organs = [] if bare else selects.others(page)
    for each in organs:
        if years is None or each.year is None or each.year in years:
            yield each.name, each.year, each.step
    if organs:
        return
    of_years = anylist.by_year(page) or formyears.by_year(page)
    for year, step in of_years.items():
        if years is None or year in years:
            yield str(year), year, step
    if of_years:
        return
    calls = by_call(page) or _fragments(page) or buttons.by_button(page)
    for value, step in calls.items():
        yield value, None, step
    if calls:
        return
    for each in [*selects.choices(page)] or arrays.choices(page) if bare else selects.beside(page):
        if years is None or each.year is None or each.year in years:
            yield each.name, each.year, each.step


def _fragments(page: Page) -> dict[str, Step]:
    """The JSON or XML that a script loads where an organ, a level or a year is clicked on, by its address."""
    found: dict[str, Step] = {}
    for link in page.links:
        if link.tag in ("script", "a") and _DATA.search(link.url.split("?")[0]) and names_branch(link.text):
            known = found.setdefault(link.text, Step(link.url, 1, family=anylist.NAME))
            if known.url != link.url:  # two organs of one short name
                found[f"{link.text} {link.url}"] = Step(link.url, 1, family=anylist.NAME)
    return dict(list(found.items())[:MOST]) if len(found) > 1 else {}


def by_call(page: Page) -> dict[str, Step]:
    """The request of each call of the function that asks for the page's lists; none where it is called for one."""
    for function, names in functions(page):
        for place, name in enumerate(names):
            values = [] if terms.turns(name) else literals(page, function, place)[:MOST]
            page.aliases = _aliases(page, function, name)
            found = _of(page, name, values, sure=_branches(page, function)) if len(values) > 1 else {}
            if found:
                return found
    return {}


def _aliases(page: Page, function: str, name: str) -> list[str]:
    """The variables that a function sets to what it is called with (``function tab(k){cur = k; load()}``)."""
    _, body = body_of(page, function)
    return re.findall(rf"(?:^|[;{{,\s])([A-Za-z_$][\w$.]*)\s*=\s*{re.escape(name)}\s*(?=[;,}}\n])", body)


def _branches(page: Page, function: str) -> bool:
    """Whether it is organs, levels or years that a click calls a function for."""
    calling = re.compile(rf"(?<![\w$.]){re.escape(function)}\s*\(")
    named = [
        names_branch(squeeze(node.text(separator="")))
        for node in (page.tree.css(buttons.CLICKED) if page.tree is not None else [])
        if calling.search(f"{node.attributes.get('href') or ''} {node.attributes.get('onclick') or ''}")
    ]
    return len(named) > 1 and all(named)


def _of(page: Page, name: str, values: list[str], *, sure: bool) -> dict[str, Step]:
    """The first request that differs with what this parameter is; ``sure``: what calls for them is named like lists."""
    shapes = made.shapes(page)
    first, second = (_steps(page, name, value, shapes) for value in values[:2])
    for number, (one, other) in enumerate(zip(first, second, strict=False)):
        if (one.url, one.body) != (other.url, other.body) and (sure or _chooses(one, other, values)):
            each = ((value, _steps(page, name, value, shapes)) for value in values)
            return {value: steps[number] for value, steps in each if number < len(steps)}
    return {}


def _steps(page: Page, name: str, value: str, shapes: list[str]) -> list[Step]:
    page.bound = dict.fromkeys((name, *page.aliases), value)
    found = [(page.address(each.address), each) for each in asked.requests(page)]
    page.bound = {}
    steps = [turned.step_of(address, each, shapes, 1, anylist.NAME) for address, each in found if address]
    for step in steps:
        step.memo["column"] = value
    return steps


def _chooses(one: Step, other: Step, values: list[str]) -> bool:
    """Whether two requests are for two lists, and not for two pages of one or for two articles."""
    given, named = turned.parameters(one), turned.parameters(other)
    if any(terms.turns(name) and given[name] != named.get(name) for name in given):
        return False
    if given == named and any(numbers <= set(values) for numbers in _NUMBERS):
        return False
    return anylist.lists(one) or bool(_LIST.search(one.url.split("?")[0]))
