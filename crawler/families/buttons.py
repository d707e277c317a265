"""Lists that a page's buttons open by sending a form: one an organ, a level or a year.

``<form><input type=hidden name=id value=3><button>教育局</button></form>`` for each organ, ``go(3)`` that fills the one
form and sends it, or ASP.NET's ``__doPostBack('tree', 's3')``.
"""

from __future__ import annotations

import html
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from crawler.discovery.calls import CALL
from crawler.discovery.links import Page, squeeze
from crawler.discovery.scoring import names_branch
from crawler.families import formpager, postback
from crawler.families.forms import fields_of, sent
from crawler.families.listing import MOST, Step

_BUTTONS = "button, input[type=submit]"
CLICKED = "a[href*='javascript:'], [onclick]"


def by_button(page: Page) -> dict[str, Step]:
    """The request of each button that names an organ, a level or a year; at least two, or none."""
    if page.tree is None or "<form" not in page.text.lower():
        return {}
    found: dict[str, Step] = {}
    for name, step in (*_forms(page), *_calls(page)):
        found.setdefault(name, step)
    requests = {(step.url, step.body) for step in found.values()}
    return dict(list(found.items())[:MOST]) if len(requests) > 1 else {}


def _forms(page: Page) -> Iterator[tuple[str, Step]]:
    """Forms of one button each, and the several buttons of one form that have names themselves."""
    assert page.tree is not None
    for form in page.tree.css("form"):
        for button in form.css(_BUTTONS):
            text = _text(button)
            if not names_branch(text):
                continue
            name, value = button.attributes.get("name"), button.attributes.get("value") or ""
            yield text, sent(page, form, fields_of(form) | ({name: value} if name else {}), 1)


def _calls(page: Page) -> Iterator[tuple[str, Step]]:
    """Clicks that call a function which fills the form and sends it."""
    assert page.tree is not None
    for node in page.tree.css(CLICKED):
        text = _text(node)
        if not names_branch(text):
            continue
        script = html.unescape(f"{node.attributes.get('href') or ''} {node.attributes.get('onclick') or ''}")
        back = postback.CALL.search(script)
        form = page.tree.css_first("form")
        if back and form is not None:
            yield text, postback.back(page, form, back[1], back[2], 1)
            continue
        for call in CALL.finditer(script):
            filled = formpager.filled(page, call[1], call[2])
            if filled is not None:
                own, fields = filled
                yield text, sent(page, own, fields, 1)


def _text(node: LexborNode) -> str:
    return squeeze(node.text(separator="") or node.attributes.get("value") or "")
