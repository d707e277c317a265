"""Signs in a page's markup that a style hides or moves something: of most pages, which have none, no style is read."""

from __future__ import annotations

import re
from typing import Final

from reports.readers.html.seen import rare_styles
from reports.readers.html.seen.signs import Sign, Signs

# every pattern begins with a letter or sign of its own, which makes looking for it twenty times as fast
_SIGNS: Final[tuple[tuple[Sign, str], ...]] = tuple(
    (Sign(sign), selector)
    for sign, selector in (
        (rb"display\s*(?:/\*[^*]*\*/\s*)?:\s*(?:/\*[^*]*\*/\s*)?none", "[style*='none' i]"),
        (rb"visibility\s*:\s*[hc]", "[style*='hidden' i],[style*='collapse' i]"),
        (rb"mso-hide", "[style*='mso-hide' i]"),
        (rb":\s*-\d{3}", "[style*='-'][style*=':']"),
        (rb"inset\s*:[^;}]*-\d{3}", "[style*='inset' i]"),
        (rb"line-through", "[style*='line-through' i]"),
        (rb"font-size\s*:\s*(?:[+.]?0+(?:\.0*)?(?![\d.])|0?\.\d+p|calc\(\s*0)", "[style*='font-size' i]"),
        (rb"font\s*:\s*(?:[a-z]+\s+)*0", "[style*='font' i]"),
        (rb"opacity(?:\s*:\s*(?:0?\.?0\d*(?![\d.])|\d%)|\(\s*[\d.])", "[style*='opacity' i]"),
        (rb"scale(?:[xy]?\(\s*|\s*:\s*)[0.]", "[style*='scale' i]"),
        (rb"translate[^;}]*\d{3}(?:\dpx|v|r?em)", "[style*='translate' i]"),
        (rb"matrix\([\s,0]*\d", "[style*='matrix' i]"),
        (rb"var\(\s*--", "[style*='var(' i]"),
        (rb"mask(?:-image)?\s*:", "[style*='mask' i]"),
        (rb"content\s*:\s*(?:''|\"\")[^}]{0,300}absolute", "[style*='content' i]"),
        (rb"absolute[^}]{0,300}content\s*:\s*(?:''|\"\")", "[style*='content' i]"),
        (rb"content\s*:\s*url", "[style*='content' i]"),
        (rb"gradient\([^;}]*transparent[^;}]*,[^;}]*transparent", "[style*='gradient' i]"),
        (rb"text-security", "[style*='text-security' i]"),
        (rb"content-visibility", "[style*='content-visibility' i]"),
        (rb"clip(?:-path)?\s*:\s*(?:rect|inset|circle|polygon)", "[style*='clip' i]"),
        (
            rb"color\s*:\s*(?:white|#f(?:ff|[a-f]f[a-f]f[a-f])|#\w{3}0(?!\w)|#\w{6}0\w|transparent|(?:(?:rgb|hsl)a?|hwb|(?:ok)?l(?:ab|ch)|color(?:-mix)?|light-dark)\()",
            "td [style*='color' i],th [style*='color' i]",
        ),
    )
)


_CUT = Sign(rb"overflow(?:-[a-z]+)?\s*:\s*(?:hidden|clip|auto|scroll)")  # what is clipped away has this beside it
_TINY: Final = tuple(
    map(
        Sign,
        (
            rb"height\s*:\s*(?:\d?\.|\d(?:p[xt]|r?em|ch|ex)|[01][^.\d])",
            rb"width\s*:\s*(?:\d?\.|\d(?:p[xt]|r?em|ch|ex)|[01][^.\d])",
            rb"(?:inline|block)-size\s*:",
            rb"clip(?:-path)?\s*:",
            rb"text-indent\s*:\s*(?:-\d{2}|\d{3})",
        ),
    )
)


def telling(signs: Signs) -> str:
    """The selector of elements whose ``style`` may hide or strike; empty where the page has none."""
    found = [selector for sign, selector in _SIGNS if sign.stands_in(signs)]
    if any(sign.stands_in(signs) for sign in rare_styles.SIGNS):
        found.append(rare_styles.ELEMENTS)
    if _CUT.stands_in(signs) and any(tiny.stands_in(signs) for tiny in _TINY):
        found.append("[style*='overflow' i],[style*='clip' i]")
    return ",".join(found)


_OPEN_STYLE = re.compile(rb"style\s*=\s*(?:\"[^\">]*|'[^'>]*)>")


def in_elements(signs: bytes, sign: re.Pattern[bytes]) -> bool:
    """Whether such a sign may stand in an element's attribute, not only in rules of sheets.

    ``display:block`` is in nearly every sheet, and to look among all styled elements takes a tenth of the parse. The
    pieces of the lower-case markup end at ``>``; a piece with a brace and no ``style`` before the sign is of a sheet,
    unless a ``>`` stands in an element's own style.
    """
    if _OPEN_STYLE.search(signs):
        return True
    for found in sign.finditer(signs):
        before = signs[signs.rfind(b">", 0, found.start()) + 1 : found.start()]
        if b"{" not in before or b"style" in before or b"dir" in before:
            return True
    return False
