"""The lines of a report that speak of contact, without what they say of hotlines and of those who run the site."""

from __future__ import annotations

import functools
import re

import data
from reports.characters import without_spaces
from reports.metadata.contact_labels import label_pattern, tells_an_office, words
from reports.metadata.office import is_bare_name
from reports.metadata.online import emails
from reports.metadata.phones import PHONE
from reports.metadata.places import Line
from reports.metadata.postal import POSTCODE, street

Passage = tuple[str, str]  # in half-width form, and raw

#: A count behind what a line of service did: the number before it in the sentence is no office's to be asked.
_COUNTED = re.compile(r"\d{7}[^。;\n]{0,24}?\d余?\s*(?:人次|次|个|件|通|条)")
_SENTENCE = re.compile(r"[^。;\n]+")
_BEGINS_ANEW = re.compile(r"\s*(?:\d{1,2}[.、]|[(]?[一二三四五六七八九十]{1,2}[)、])")
_FARTHEST_OFFICE = 3  # lines above the first number: the office's hours and a person may stand between
#: A phone number that is one without any word beside it: with its area code, or a mobile one.
_BEHIND_AREA = r"\d{2,3}\)?\s*(?:[-—–－]{1,2}\s*)?[2-9]\d{6,7}(?!\d)"
# each way begins with its first sign, and looks behind it only then: so it is found four times as fast
_NUMBER = re.compile(rf"\((?<![\d.-]\()0{_BEHIND_AREA}|0(?<![\d.-]0){_BEHIND_AREA}|1(?<![\d.-]1)[3-9]\d{{9}}(?!\d)")
_MOST_READ = 1500  # characters of a line that are asked for signs


@functools.cache
def _asides() -> re.Pattern[str]:
    sign = r"。;,，；()\n"  # begun after a sign or a space only: a line without any must not be tried from every place
    technical = rf"[^{sign} ]*(?:{words('technical').pattern})[^。;；\n]*"
    own = "".join(f"(?<!{each.removesuffix('热线')})" for each in _own_hotlines())
    aside = rf"(?!热线电话)[^{sign} ]*{own}(?:{words('asides').pattern})[^{sign}]*"  # 热线电话 by itself is a phone
    # 可拨打12309检察服务热线或0571-…: the number behind it is the office's
    national = rf"[^{sign} ]*(?:{'|'.join(_national())})[^{sign}\d]{{0,12}}热线(?=[或和]\(?0\d)"
    return re.compile(rf"(?:^|(?<=[{sign} ]))(?:{technical}|{national}|{aside})")


@functools.cache
def _national() -> tuple[str, ...]:
    return tuple(data.load_yaml("contact.yaml")["hotlines"])


@functools.cache
def _own_hotlines() -> tuple[str, ...]:
    """热线 that are the office's own number: 咨询热线:0571-…."""
    return tuple(label for label, key in label_pattern()[1].items() if key == "phone" and label.endswith("热线"))


def passage(lines: list[Line]) -> Passage:
    """The lines that speak of contact, with the short ones between them; a side column's boxes are left out."""
    chosen = [number for number, line in enumerate(lines) if _speaks_of_contact(line.text)]
    if not chosen:
        return "", ""
    end = chosen[-1] + 1
    while end < len(lines) and end < chosen[-1] + 6 and _goes_on(lines[end - 1].text, lines[end].text):
        end += 1
    above = range(max(chosen[0] - _FARTHEST_OFFICE, 0), chosen[0])
    start = next((at for at in above if tells_an_office(lines[at].text)), chosen[0])
    if above and is_bare_name(lines[chosen[0] - 1].text):
        start = min(start, chosen[0] - 1)
    kept = raw = ""
    for number in range(start, end):
        line = lines[number]
        use = number in chosen or len(line.text) <= 60
        text, printed = _without_asides(line.text, line.raw)
        # a line of a PDF that breaks off in the middle goes on in the next one
        breaks_off = len(kept) > 24 and kept[-1] not in "。;,):!\n" and len(lines[number - 1].text) > 24
        joint = "" if breaks_off and not _BEGINS_ANEW.match(text) else "\n"
        kept += joint + (text if use else "。")
        raw += joint + (printed if use else "。")
    return kept, raw


def _speaks_of_contact(line: str) -> bool:
    beginning = line[:_MOST_READ]
    told = "@" in beginning or words("signs").search(without_spaces(beginning)) or _NUMBER.search(beginning)
    if not told:
        return False
    return len(line) >= 120 or not words("operator").search(_without_asides(line, "")[0])


def _without_asides(text: str, raw: str) -> Passage:
    """A line without the clauses that name a hotline or those who run the site; positions stay true."""
    told = words("asides").search(text) or words("technical").search(text)
    found = list(_asides().finditer(text)) if told else []
    if words("counted").search(text) and _COUNTED.search(text):
        found += [each for each in _SENTENCE.finditer(text) if _counts_calls(each[0])]
    for match in found:
        blank = "\x01" * (match.end() - match.start())
        text, raw = (each[: match.start()] + blank + each[match.end() :] for each in (text, raw))
    return text, raw


def _counts_calls(sentence: str) -> bool:
    counted = _COUNTED.search(sentence)
    return counted is not None and words("counted").search(sentence[: counted.end()]) is not None


def _goes_on(before: str, after: str) -> bool:
    """Whether a short line still belongs to the contact: a number or address by itself, or after a label."""
    if len(after) > 80:
        return False
    if PHONE.match(after.strip()) or emails(after) or label_pattern()[0].search(before[-8:] + "\n"):
        return True
    if (label := label_pattern()[0].match(after.strip())) and label[2]:
        return True
    return is_bare_name(after) or POSTCODE.fullmatch(after.strip()) is not None or street(after) is not None
