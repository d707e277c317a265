"""Whom to ask: the office, address, postcode, phones, faxes, e-mail and website that a report names.

Read from the opening or the closing paragraph, else from the page's footer where that is the organ's own. Each number
belongs to the label before it, whatever their order. Numbers of the site's operator, hotlines such as 12345 and counted
figures are no contact. Words in ``data/contact.yaml``.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import NamedTuple

import data
from reports.characters import plain, without_spaces
from reports.document import Link
from reports.metadata.contact_labels import label_pattern, words
from reports.metadata.office import is_office, office, office_beside
from reports.metadata.online import email, emails, linked_emails, masked, websites, without_websites
from reports.metadata.passage import Passage, passage
from reports.metadata.phones import PHONE, phone
from reports.metadata.places import Line, Places, under_title
from reports.metadata.postal import POSTCODE, is_place, parted, postal_address, street
from reports.record import Contact

_SAME_FAX = re.compile(r"(?:兼|同|含|亦为|也是|并)\s*传\s*真|传\s*真\s*[):]?\s*同")
_ENDS_A_CLAUSE = re.compile(r"[\d,;。\n]")
_PERSON_OF = re.compile(r"[一-鿿]{2,4}\(([一-鿿]{4,30})\)")  # 张先生(某某局办公室)
_OWN_NUMBER = re.compile(r"[\s,;、]\([^()]{2,6}\)\s*:?\s*\(?\d{3}")  # 0571-87654321 (传真)87654322
_HOUSE = re.compile(r"\d号|寄")
_SHOWN = re.compile("(?:报告|年报)[^。]{0,40}(?:http|www)[^。]{0,60}(?:查阅|查看|查询|下载)")
_ENDS_A_NAME = re.compile(r"[,;。\n]|\s+(?=[一-鿿]{2,6}:)")  # 责任部门:某某局办公室 责任人:张某
_HANZI = re.compile(r"[一-鿿]{2}")
_ANOTHER = re.compile(r"\s*[、/,;或和及]\s*")  # 0571-87654321、87654322
_SHORTEST_OFFICE = 4  # characters of one behind 联系人: people's names may end like offices' (王科)
_NOTE = re.compile(r"\([^()]*(?:\d|[:,;])[^()]*\)?.*$")  # 办公室(地址:…), but 办公室(政务公开办)
_OFFICE_BEHIND = re.compile(  # 人民路12号(某某局办公室)
    r"\s*[(（]([一-鿿]{3,24}(?:[局委厅办科股处]|办公室)(?:[(（][一-鿿]{2,12}[)）])?)[)）]$"
)
_POSTCODE_ALONE = re.compile(r"(?:^|[\s,;(])(\d{6})(?=$|[\s,;)。])")  # 人民路12号 0571-87654321 338000
_POSTCODE_BEHIND = re.compile(r"\s*[(（]\s*(\d{6})\s*[)）]$")  # 人民路12号（535000）


def contact(places: Places, organ: str | None, title: str | None, links: list[Link] | None = None) -> Contact:
    """The office to ask, as printed; dashes in phones and signs in e-mail addresses made usable."""
    found = _read(passage(under_title(places.head, title)[:80]), organ)
    closing = _read(passage(places.body[-12:]), organ)
    if not _reaches(found):
        middle = _read(passage(places.body), organ) if not _reaches(closing) else closing
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
    if not found.websites:
        shown = "\n".join(line.text for line in places.body[-12:] if _SHOWN.search(line.text))
        found.websites = websites(masked(shown, emails(shown)))
    if not found.emails and _reaches(found):
        found.emails = linked_emails(links or [])
    return found


def _reaches(found: Contact) -> bool:
    return bool(found.phones or found.address or found.emails or found.faxes or (found.name and found.postcode))


def _own_footer(lines: list[Line], organ: str) -> Passage:
    operator = re.compile("|".join(words(key).pattern for key in ("operator", "operator_in_footers")))
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


class _Mark(NamedTuple):
    """A label in a passage: where it and its value begin, the kind of data, whether a colon stands behind."""

    label: int
    start: int
    key: str
    colon: bool


def _marks(text: str) -> list[_Mark]:
    """The labels of a passage; one that belongs to a hotline's or a complaint's (监督投诉请拨…) is of its kind."""
    pattern, keys = label_pattern()
    verbs = frozenset(data.load_yaml("contact.yaml")["verbs"])
    found: list[_Mark] = []
    for match in pattern.finditer(text):
        label = without_spaces(match[1])
        mark = _Mark(match.start(), match.end(), keys[label], bool(match[2]))
        if found and found[-1].key == "other":
            between = text[found[-1].start : mark.label]
            if not between.strip(" 的请可:") or (label in verbs and not _ENDS_A_CLAUSE.search(between)):
                mark = mark._replace(key="other")
        elif found and mark.key == "other" and not mark.colon and text[mark.label - 1].isdigit():
            before = found[-1]
            if without_spaces(text[before.label : before.start]) in verbs:  # 拨打0571-…投诉
                found[-1] = before._replace(key="other")
        found.append(mark)
    return found


def _key_at(marks: list[_Mark], place: int) -> str | None:
    """The kind of the last label before a place."""
    return next((mark.key for mark in reversed(marks) if mark.start <= place), None)


def _read(passage_and_raw: Passage, organ: str | None) -> Contact:
    """What a passage (in half-width form, and raw) says, label by label."""
    found = Contact()
    text, raw = passage_and_raw
    if not text:
        return found
    found.name = office(text, organ)
    mails = emails(text)
    bare = masked(text, mails)
    found.websites = websites(bare)
    bare = without_websites(bare)
    marks = _marks(bare)
    ends = [*(mark.label for mark in marks[1:]), len(bare)]
    found.emails = list(dict.fromkeys(email(each) for each in mails if _key_at(marks, each.start()) != "other"))
    _numbers(bare[: marks[0].label if marks else len(bare)], "phone", found, labelled=False)
    for mark, end in zip(marks, ends, strict=False):
        value = bare[mark.start : end]
        if (
            mark.key == "fax"
            and bare[: mark.label].endswith("(")
            and found.phones
            and ")" in bare[mark.label : mark.start + 1]
            and not _OWN_NUMBER.match(bare, mark.label - 2)
        ):
            # 64412345、64412346(传真); a single number is both
            _add(found.faxes, found.phones.pop() if len(found.phones) > 1 else found.phones[0])
            continue
        if mark.key == "address":
            found.address = found.address or postal_address(value, raw[mark.start : end], mark.colon)
        own = mark.key == "office" and found.name == organ  # 请与我局联系。联系单位:某某局办公室
        if mark.key in ("office", "phone", "person") and mark.colon and (found.name is None or own):
            name, place = _named(value, mark.key)
            found.name = name or found.name
            found.address = found.address or place
        _numbers(value, mark.key, found, labelled=True)
    if found.address is None:
        found.address = street(bare)
        if found.address and "（" in raw:  # as printed
            found.address = found.address.replace("(", "（").replace(")", "）")
    if found.address:
        place, whom, receives = parted(found.address)
        if receives or (whom and found.name is None):
            found.address, found.name = place, found.name or whom
    if found.address and found.name is None and (receiver := _OFFICE_BEHIND.search(found.address)):
        found.address, found.name = found.address[: receiver.start()], receiver[1]
    if found.name is None and _reaches(found):
        found.name = office_beside(bare, found.address, organ)
    if found.address and (bracketed := _POSTCODE_BEHIND.search(found.address)):
        found.address = found.address[: bracketed.start()]
        found.postcode = found.postcode or bracketed[1]
    if found.postcode is None and found.address:
        behind = found.address.replace("（", "(").replace("）", ")")[-4:]
        after = re.search(rf"{re.escape(behind)}[\s,;()（）]{{0,3}}(\d{{6}})(?!\d)", without_spaces(bare))
        found.postcode = after[1] if after else None
    if found.postcode is None and found.address and (alone := _POSTCODE_ALONE.search(bare)):
        found.postcode = alone[1]
    if found.phones and not found.faxes and _SAME_FAX.search(bare):
        found.faxes = [found.phones[-1]]
    if found.name and "（" in raw:  # as printed
        found.name = found.name.replace("(", "（").replace(")", "）")
    return found


def _named(value: str, key: str) -> tuple[str | None, str | None]:
    """The office after its label, and where the same words say it sits; also after 联系方式: 某某局办公室,某某路1号."""
    name = _ENDS_A_NAME.split(value.strip(" :"))[0].strip()
    if key == "person" and (office_of := _PERSON_OF.fullmatch(name)) and is_office(office_of[1]):
        return office_of[1], None
    name = _NOTE.sub("", name).strip() if name.count("(") == name.count(")") else name.partition("(")[0].strip()
    named, _, note = name.rstrip(")").partition("(")
    place = note if name.endswith(")") and is_place(note) else None
    name = named if place else name
    name = parted(name)[1] or name
    an_office = is_office(name) and not _HOUSE.search(name)
    fits = key == "office" or (an_office and (key != "person" or len(name) >= _SHORTEST_OFFICE))
    return (name, place) if fits and 2 <= len(name) <= 40 and _HANZI.match(name) else (None, place)


def _numbers(value: str, key: str, found: Contact, labelled: bool) -> None:
    """The numbers after a label (up to its sentence's end) under the label's meaning."""
    if key == "postcode":
        match = POSTCODE.search(value[:24])
        if match and found.postcode is None:
            found.postcode = without_spaces(match[1])
        value = value[match.end() :] if match else value
        key, labelled = "phone", False
    if key in ("other", "hours"):
        return
    if key in ("address", "email", "website", "person", "office"):
        key, labelled = "phone", False
    sentence = re.split(r"。(?!\d)", value)[0] if labelled else value
    numbers: list[str] = []
    behind = -1  # where the last number that is known to be one ends
    for match in PHONE.finditer(sentence):
        number = phone(match)
        alone = sentence[: match.start()].endswith("(") and sentence[match.end() :].startswith((")", ",", ";"))
        beside = behind >= 0 and _ANOTHER.fullmatch(sentence, behind, match.start()) is not None
        whole = any(match[part] for part in ("area", "mobile", "abroad", "behind"))
        if number is None or not (labelled or alone or beside or whole):
            continue
        behind = match.end()
        numbers.append(number)
    if key == "both" and len(numbers) == 2 and "/" in sentence:  # 电话/传真: 0571-87654321/87654322
        _add(found.phones, numbers[0])
        _add(found.faxes, numbers[1])
        return
    for number in numbers:
        if key in ("phone", "both"):
            _add(found.phones, number)
        if key in ("fax", "both"):
            _add(found.faxes, number)


def _add(values: list[str], value: str) -> None:
    if value and value not in values:
        values.append(value)
