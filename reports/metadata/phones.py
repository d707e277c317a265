"""Phone numbers as offices print them: area code in brackets or not, any dash, extension, mobile; no hotlines."""

from __future__ import annotations

import functools
import re

import data

_DASH = r"\s*[-—–－─―‐‑~～_./·:*一]{1,3}\s*"  # 一: the numeral, typed for a dash
PHONE = re.compile(
    rf"(?<![\d.])(?:(?P<area>\((?:区号:?)?0\d{{2,3}}\)|010|02\d|0\d{{2,3}})(?:{_DASH}|\s*)"
    r"(?P<number>[1-9]\d{6,7}|[1-9]\d{2,3}[- ]\d{4})"
    r"|(?:\+86[- ]?|(?:00)?86[- ])(?:\(0\)|0)?(?P<abroad>10|2\d|[3-9]\d{2})[- ]?(?P<dialled>[1-9]\d{6,7})"
    r"|(?:\+86[- ]?)?(?P<mobile>1[3-9]\d(?P<gap>[- ]?)\d{4}(?P=gap)\d{4})|(?P<free>[48]00[- ]?\d{3}[- ]?\d{4})"
    r"|(?P<local>[2-9]\d{6,7}|[2-9]\d{2,3} \d{4})(?:\s*\(区号\s*:?\s*(?P<behind>0\d{2,3})\))?)"
    r"(?!\d|\.\d|\s*[%件条份次人元万])(?:\s*[,，(]?\s*(?:转|分机号?:?|内线:?|\*|(?<![,，])[-—])\s*(?P<extension>\d{1,5})(?!\d))?"
)


@functools.cache
def _hotlines() -> frozenset[str]:
    return frozenset(data.load_yaml("contact.yaml")["hotlines"])


def phone(match: re.Match[str]) -> str | None:
    """The number of a match of ``PHONE`` as 0578-2090823-12; None for hotlines and for dates that look like numbers."""
    digits = (match["local"] and match["local"].replace(" ", "")) or (
        match["mobile"] and re.sub(r"\D", "", match["mobile"])
    )
    if match["abroad"]:
        digits = f"0{match['abroad']}-{match['dialled']}"
    elif match["behind"]:
        digits = f"{match['behind']}-{digits}"
    elif match["area"]:
        digits = f"{match['area'].strip('()区号:')}-{re.sub(r'[- ]', '', match['number'])}"
        if len(digits) not in (11, 12, 13):
            return None
    elif match["free"]:
        digits = re.sub(r"[ ]", "", match["free"])
    if digits is None or digits in _hotlines() or re.fullmatch(r"20[0-3]\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])", digits):
        return None
    return f"{digits}-{match['extension']}" if match["extension"] else digits
