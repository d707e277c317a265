"""Turns the pages of a list that only a browser shows, as a reader does: by clicking on 下一页.

Only what is no link is clicked: a next page with an address of its own is asked for like any other. By which words and
marks it is known is in data/discovery.yaml (``reading``).
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

import data

MOST_PAGES = 60
QUIET = 8.0  # seconds for a click's requests to be answered and shown
#: Where the next page is clicked; marks it, and gives whether there is such a place.
_FIND = """([words, marks]) => {
  document.querySelectorAll('[data-gongkai-next]').forEach(each => each.removeAttribute('data-gongkai-next'));
  const marked = new RegExp(marks, 'i'), off = /disabled|forbid|no-?next|nomore/i;
  const bare = text => (text || '').replace(/[\\s\\u3000\\xa0]/g, '');
  for (const each of document.querySelectorAll('a, button, li, span, div, input, i')) {
    const own = bare(each.innerText || each.value), named = bare(each.title || each.getAttribute('aria-label'));
    const wanted = words.includes(own) || words.includes(named) || (own.length < 2 && marked.test(each.className));
    if (!wanted || own.length > 8 || !each.getClientRects().length) continue;
    if (Array.from(each.children).some(inner => words.includes(bare(inner.innerText)))) continue;
    const around = [each, each.parentElement, each.closest('li')].filter(Boolean);
    if (around.some(one => off.test(one.className) || one.disabled || one.getAttribute('aria-disabled') === 'true'))
      continue;
    const link = each.closest('a'), to = link ? (link.getAttribute('href') || '') : '';
    if (to && !to.startsWith('#') && !/^javascript:/i.test(to)) continue;
    each.setAttribute('data-gongkai-next', '');
    return true;
  }
  return false;
}"""
#: What is shown, without the place that was found: a list whose pages were turned does not go on.
_SHOWN = """() => {
  const body = document.body.cloneNode(true);
  body.querySelectorAll('[data-gongkai-next], script').forEach(each => each.remove());
  return body.innerHTML;
}"""
#: What a list shows, line by line.
LINKS = "() => Array.from(document.querySelectorAll('a, li, td')).map(each => each.href || each.innerText)"


async def content(page: Any, until: float) -> str:
    """The page as shown, with what its list shows on its further pages behind it; ``until``: on the monotonic clock."""
    known = _known()
    earlier: list[str] = []
    shown: list[str] = await page.evaluate(LINKS)
    failed: list[Any] = []

    def fails(error: Any) -> None:
        failed.append(error)

    page.on("pageerror", fails)
    while len(earlier) < MOST_PAGES and time.monotonic() < until and await page.evaluate(_FIND, known):
        before = await page.evaluate(_SHOWN)
        await page.click("[data-gongkai-next]", timeout=QUIET * 1000, no_wait_after=True)
        await page.wait_for_load_state("networkidle", timeout=QUIET * 1000)
        following = await _changed(page, shown)
        if following is None and failed:  # its script cannot turn: what lies behind it nobody has seen
            break
        if following is None:  # nothing behind it: this is the last page
            await page.evaluate("() => document.querySelectorAll('[data-gongkai-next]').forEach(each => each.remove())")
            break
        shown = following
        earlier.append(before)
    text: str = await page.content()
    end = text.rfind("</body>")
    return text if end < 0 or not earlier else "".join((text[:end], *earlier, text[end:]))


async def turn(page: Any, quiet: Callable[[], Awaitable[None]]) -> bool:
    """Click the next page, once; whether there was one, and it shows something else. ``quiet`` waits for answers."""
    shown: list[str] = await page.evaluate(LINKS)
    if not await page.evaluate(_FIND, _known()):
        return False
    await page.click("[data-gongkai-next]", timeout=QUIET * 1000, no_wait_after=True)
    await quiet()
    return await _changed(page, shown) is not None


def _known() -> list[Any]:
    """The words and marks of a next page."""
    reading = data.load_yaml("discovery.yaml")["reading"]
    return [[*reading["next"], *reading["more"]], "|".join(reading["next_marks"])]


async def _changed(page: Any, shown: list[str]) -> list[str] | None:
    """What is shown after a click, once it is something else; None where it stays the same."""
    until = time.monotonic() + 1.0
    while time.monotonic() < until:
        following: list[str] = await page.evaluate(LINKS)
        if following != shown:
            return following
        await page.wait_for_timeout(50)
    return None
