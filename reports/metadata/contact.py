"""Whom to ask: the office, address, postcode, phones, faxes, e-mail and website that a report names.

Read from the opening or the closing paragraph, else from the page's footer where that is the organ's own. Each number
belongs to the label before it, whatever their order. Numbers of the site's operator, hotlines such as 12345 and counted
figures are no contact. Words in ``data/contact.yaml``.
"""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import replace

import data
from reports.characters import plain, without_spaces
from reports.document import Link
from reports.metadata.office import is_office, office
from reports.metadata.online import email, emails, linked_emails, masked, websites, without_websites
from reports.metadata.phones import PHONE, phone
from reports.metadata.places import Line, Places, under_title
from reports.metadata.postal import POSTCODE, postal_address, street
from reports.record import Contact

_SAME_FAX = re.compile(r"(?:兼|同|含|亦为|也是|并)\s*传\s*真|传\s*真\s*\)?\s*同")
_HANZI = re.compile(r"[一-鿿]{2}")
_BEGINS_ANEW = re.compile(r"\s*(?:\d{1,2}[.、]|[(]?[一二三四五六七八九十]{1,2}[)、])")
_ANOTHER = re.compile(r"\s*[、/,;或和及]\s*")  # 0571-87654321、87654322
_FARTHEST_OFFICE = 3  # lines above the first number: the office's hours and a person may stand between
_NOTE = re.compile(r"\([^()]*(?:\d|[:,;])[^()]*\)?.*$")  # 办公室(地址:…), but 办公室(政务公开办)
_POSTCODE_BEHIND = re.compile(r"\s*[(（]\s*(\d{6})\s*[)）]$")  # 人民路12号（535000）


@functools.cache
def _labels() -> tuple[re.Pattern[str], dict[str, str]]:
    groups = data.load_yaml("contact.yaml")["labels"]
    keys = {label: key for key, labels in groups.items() for label in labels}
    every = "|".join(map(_spaced, sorted(keys, key=len, reverse=True)))
    # 单位：某某局办公室 in a line of its own; elsewhere these are common words
    lines = dict.fromkeys(data.load_yaml("contact.yaml")["office_in_tables"], "office")
    heads = "|".join(map(_spaced, sorted(lines, key=len, reverse=True)))
    pattern = re.compile(rf"({every}|(?:^|(?<=\n))\s*(?:{heads})(?=\s*:))\s*[)\]】]?\s*(?:为|是)?\s*([::;]|)")
    return pattern, lines | keys


def _spaced(label: str) -> str:
    """A label's pattern, with white space between its characters; 某某局办公室 电话 is an office and a label."""
    if label.isascii():
        return re.escape(label)
    first, *rest = map(re.escape, label)
    if label.startswith("办公室"):
        first += f"(?<![一-鿿]{first})"  # behind the first letter: a pattern that begins with letters is found faster
    return r"\s*".join((first, *rest))


@functools.cache
def _words(key: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, data.load_yaml("contact.yaml")[key])))


@functools.cache
def _asides() -> re.Pattern[str]:
    sign = r"。;,，；()\n"  # begun after a sign only: a line without any must not be tried from every place
    technical = rf"[^{sign}]*(?:{_words('technical').pattern})[^。;；\n]*"
    return re.compile(rf"(?:^|(?<=[{sign}]))(?:{technical}|[^{sign}]*(?:{_words('asides').pattern})[^{sign}]*)")


def contact(places: Places, organ: str | None, title: str | None, links: list[Link] | None = None) -> Contact:
    """The office to ask, as printed; dashes in phones and signs in e-mail addresses made usable."""
    found = _read(_passage(under_title(places.head, title)[:80]), organ)
    closing = _read(_passage(places.body[-12:]), organ)
    if not _reaches(found):
        middle = _read(_passage(places.body), organ) if not _reaches(closing) else closing
        found, closing = middle, found
    if places.contacts:
        table = "\n".join(places.contacts)
        tabled = _read((plain(table), table), organ)
        found, closing = (found, tabled) if _reaches(found) else (tabled, found)
    for name in ("name", "address", "postcode"):
        if getattr(found, name) is None and (_reaches(found) or name == "name"):
            setattr(found, name, getattr(closing, name))
    for name in ("phones", "faxes", "emails", "websites"):
        if not getattr(found, name):
            setattr(found, name, getattr(closing, name))
    if not _reaches(found) and organ:
        footer = _read(_own_footer(places.footer, organ), organ)
        if _reaches(footer):
            footer.name = footer.name or found.name
            footer.websites = found.websites
            found = footer
    if not found.websites:
        found.websites = websites(masked(places.opening, emails(places.opening)))
    if not found.emails and _reaches(found):
        found.emails = linked_emails(links or [])
    return found


def _reaches(found: Contact) -> bool:
    return bool(found.phones or found.address or found.emails or found.faxes or (found.name and found.postcode))


def _passage(lines: list[Line]) -> tuple[str, str]:
    """The lines that speak of contact, with the short ones between them; a side column's boxes are left out."""
    signs, operator = _words("signs"), _words("operator")
    chosen = [
        number
        for number, line in enumerate(lines)
        if signs.search(without_spaces(line.text[:1500]))
        and not (len(line.text) < 120 and operator.search(_without_asides(line.text, "")[0]))
    ]
    if not chosen:
        return "", ""
    end = chosen[-1] + 1
    while end < len(lines) and end < chosen[-1] + 4 and _goes_on(lines[end - 1].text, lines[end].text):
        end += 1
    above = range(max(chosen[0] - _FARTHEST_OFFICE, 0), chosen[0])
    start = next((at for at in above if _tells_an_office(lines[at].text)), chosen[0])
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


def _tells_an_office(line: str) -> bool:
    """Whether a short line names the office after its label (受理机构: 某某局办公室), above the numbers."""
    pattern, keys = _labels()
    match = pattern.search(line[:24])
    return len(line) <= 60 and match is not None and bool(match[2]) and keys[without_spaces(match[1])] == "office"


def _without_asides(text: str, raw: str) -> tuple[str, str]:
    """A line without the clauses that name a hotline or those who run the site; positions stay true."""
    told = _words("asides").search(text) or _words("technical").search(text)
    for match in _asides().finditer(text) if told else ():
        blank = "\x01" * (match.end() - match.start())
        text, raw = (each[: match.start()] + blank + each[match.end() :] for each in (text, raw))
    return text, raw


def _goes_on(before: str, after: str) -> bool:
    """Whether a short line still belongs to the contact: a number or address by itself, or after a label."""
    if len(after) > 80:
        return False
    return bool(PHONE.match(after.strip()) or emails(after) or _labels()[0].search(before[-8:] + "\n"))


def _own_footer(lines: list[Line], organ: str) -> tuple[str, str]:
    operator = _words("operator")
    text = "\n".join(line.text for line in lines)
    if without_spaces(organ) not in without_spaces(text):
        return "", ""
    host = re.compile(rf"(?:主办|版权所有|维护)(?:单位|机构)?\s*[::]?\s*{re.escape(organ)}(?![一-鿿])")
    if host.search(text):  # the organ's own site: what stands beside its name is its own
        lines = [replace(line, text=host.sub("", line.text)) for line in lines]
    pieces = [piece for line in lines for piece in re.split(r"[\n|]|\s{2,}|\u3000", line.text)]
    kept = "\n".join(own for piece in pieces if (own := _before(operator, piece)))
    return kept, kept


def _before(operator: re.Pattern[str], piece: str) -> str:
    """What a piece of the footer says before it comes to the site's operator, whose own numbers follow there."""
    words = itertools.takewhile(lambda word: not operator.search(word), piece.split())
    return " ".join(words) if operator.search(piece) else piece


def _read(passage_and_raw: tuple[str, str], organ: str | None) -> Contact:
    """What a passage (in half-width form, and raw) says, label by label."""
    found = Contact()
    passage, raw = passage_and_raw
    if not passage:
        return found
    found.name = office(passage, organ)
    mails = emails(passage)
    found.emails = list(dict.fromkeys(map(email, mails)))
    bare = masked(passage, mails)
    found.websites = websites(bare)
    bare = without_websites(bare)
    pattern, keys = _labels()
    marks = [
        (match.start(), match.end(), keys[without_spaces(match[1])], bool(match[2])) for match in pattern.finditer(bare)
    ]
    ends = [*(mark[0] for mark in marks[1:]), len(bare)]
    _numbers(bare[: marks[0][0] if marks else len(bare)], "phone", found, labelled=False)
    for (label, start, key, colon), end in zip(marks, ends, strict=False):
        value = bare[start:end]
        if key == "fax" and bare[:label].endswith("(") and found.phones and ")" in bare[label : start + 1]:
            # 64412345、64412346(传真); a single number is both
            _add(found.faxes, found.phones.pop() if len(found.phones) > 1 else found.phones[0])
            continue
        if key == "address":
            found.address = found.address or postal_address(value, raw[start:end], colon)
        if key in ("office", "phone") and colon and found.name is None:
            found.name = _named(value, key)
        _numbers(value, key, found, labelled=True)
    if found.address is None:
        found.address = street(bare)
        if found.address and "（" in raw:  # as printed
            found.address = found.address.replace("(", "（").replace(")", "）")
    if found.address and (bracketed := _POSTCODE_BEHIND.search(found.address)):
        found.address = found.address[: bracketed.start()]
        found.postcode = found.postcode or bracketed[1]
    if found.postcode is None and found.address:
        behind = found.address.replace("（", "(").replace("）", ")")[-4:]
        after = re.search(rf"{re.escape(behind)}[\s,;()（）]{{0,3}}(\d{{6}})(?!\d)", without_spaces(bare))
        found.postcode = after[1] if after else None
    if found.phones and not found.faxes and _SAME_FAX.search(bare):
        found.faxes = [found.phones[-1]]
    if found.name and "（" in raw:  # as printed
        found.name = found.name.replace("(", "（").replace(")", "）")
    return found


def _named(value: str, key: str) -> str | None:
    """The office after its label; also after 联系方式: 某某局办公室,某某路1号,338000."""
    name = re.split(r"[,;。\n]", value.strip(" :"))[0].strip()
    if key == "office":
        name = _NOTE.sub("", name).strip() if name.count("(") == name.count(")") else name.partition("(")[0].strip()
    return name if 2 <= len(name) <= 40 and _HANZI.match(name) and (key == "office" or is_office(name)) else None


def _numbers(value: str, key: str, found: Contact, labelled: bool) -> None:
    """The numbers after a label (up to its sentence's end) under the label's meaning."""
    if key == "postcode":
        match = POSTCODE.search(value[:24])
        if match and found.postcode is None:
            found.postcode = without_spaces(match[1])
        value = value[match.end() :] if match else value
        key, labelled = "phone", False
    if key in ("other", "hours", "office"):
        return
    if key in ("address", "email", "website", "person"):
        key, labelled = "phone", False
    sentence = re.split(r"。(?!\d)", value)[0] if labelled else value
    behind = -1  # where the last number that is known to be one ends
    for match in PHONE.finditer(sentence):
        number = phone(match)
        alone = sentence[: match.start()].endswith("(") and sentence[match.end() :].startswith((")", ",", ";"))
        beside = behind >= 0 and _ANOTHER.fullmatch(sentence, behind, match.start()) is not None
        whole = any(match[part] for part in ("area", "mobile", "abroad", "behind"))
        if number is None or not (labelled or alone or beside or whole):
            continue
        behind = match.end()
        if key in ("phone", "both"):
            _add(found.phones, number)
        if key in ("fax", "both"):
            _add(found.faxes, number)


def _add(values: list[str], value: str) -> None:
    if value and value not in values:
        values.append(value)
