"""Entries of a column that are opened by sending a form: a button 下载 in each row with the file's number in a hidden
field, or a click's function that fills the page's one form with it and sends it.
"""

from __future__ import annotations

import html
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from crawler.address import Boundary
from crawler.discovery import lists
from crawler.discovery.beside import name_beside, name_in_table, names_nothing
from crawler.discovery.calls import CALL
from crawler.discovery.links import Link, Page, squeeze
from crawler.discovery.scoring import Context, judge, priority
from crawler.families import formpager, postback
from crawler.families.forms import fields_of, sent
from crawler.families.listing import Step
from crawler.frontier.frontier import Target
from reports.title import read_title

_BUTTONS = "input[type=submit], input[type=image], input[type=button], button"
_OPEN = "select, textarea, input[type=text], input[type=search], input:not([type])"  # something is to be entered
_CLICKED = "a[href^='javascript:'], [onclick]"
_WAYS = ("column", "organ", "organs", "level", "year")
_LEADS = ("report", "attachment", "candidate")


def entries(page: Page, context: Context, boundary: Boundary, row: int) -> Iterator[tuple[Link, Target]]:
    """Each entry as a link that stands for it, and the request that opens it."""
    if page.tree is None or "<form" not in page.text.lower():
        return
    seen: set[str] = set()
    for name, step in (*_forms(page), *_calls(page)):
        key = lists.key_of(step)
        link = Link(url=f"{step.url.split('?')[0]}?{step.body}" if step.body else step.url, text=name, block=-5)
        promise = judge(link, context)
        kind = "candidate" if context == "annual" and promise.kind in ("year", "level", "column") else promise.kind
        if kind not in _LEADS or promise.reason or key in seen or not boundary.holds(step.url):
            continue
        seen.add(key)
        target = lists.target(step, kind=kind, priority=priority(kind), name="")
        target.listing = target.number = None
        target.rule, target.anchor, target.year = "an entry that a form opens", name[:300], promise.year
        target.branch = f"{row}:{kind}:forms"
        yield link, target


def ways(page: Page, context: Context, boundary: Boundary, row: int) -> Iterator[Target]:
    """The columns and organs of a page of disclosure that only a form opens, as a click fills it (ASP.NET's trees)."""
    if page.tree is None or "<form" not in page.text.lower() or "javascript:" not in page.text:
        return
    form = page.tree.css_first("form")
    for node in page.tree.css(_CLICKED) if form is not None else []:
        text = squeeze(node.text(separator=""))
        promise = judge(Link(url=page.url, text=text, block=-5), context)
        if promise.kind not in _WAYS or promise.reason or not text:
            continue
        script = html.unescape(f"{node.attributes.get('href') or ''} {node.attributes.get('onclick') or ''}")
        back = postback.CALL.search(script)
        calls = (formpager.filled(page, call[1], call[2]) for call in CALL.finditer(script) if call[2].strip())
        filled = None if back else next(filter(None, calls), None)
        if back and form is not None:
            step = postback.back(page, form, back[1], back[2], 1)
        elif filled is not None:
            step = sent(page, *filled, 1)
        else:
            continue
        if boundary.holds(step.url):
            target = lists.target(step, kind=promise.kind, priority=promise.priority, name="")
            target.listing = target.number = None
            target.rule, target.anchor = f"{promise.rule}, behind a form", text[:300]
            target.branch = f"{row}:{promise.kind}:forms"
            yield target


def _forms(page: Page) -> Iterator[tuple[str, Step]]:
    """The forms of one button that ask nothing."""
    assert page.tree is not None
    for form in page.tree.css("form"):
        buttons = form.css(_BUTTONS)
        if len(buttons) == 1 and form.css_first(_OPEN) is None and (fields := fields_of(form)):
            name = _name(buttons[0], form)
            if name:
                yield name, sent(page, form, fields, 1)


def _calls(page: Page) -> Iterator[tuple[str, Step]]:
    """The clicks that fill a form of the page and send it."""
    assert page.tree is not None
    for node in page.tree.css(_CLICKED) if "submit" in page.text else []:
        script = html.unescape(f"{node.attributes.get('href') or ''} {node.attributes.get('onclick') or ''}")
        for call in CALL.finditer(script):
            filled = formpager.filled(page, call[1], call[2]) if call[2].strip() else None
            name = _name(node, node) if filled is not None else ""
            if filled is not None and name:
                yield name, sent(page, *filled, 1)


def _name(button: LexborNode, place: LexborNode) -> str:
    """The report that a button opens: what it says itself, else what its row says."""
    text = squeeze(button.text(separator="") or button.attributes.get("value") or "")
    if read_title(text).kind == "report":
        return text
    if text and not names_nothing(text):
        return ""
    return name_in_table(place, of_years=True) or name_beside(place)
