"""Whom to ask: the office, address, postcode, phones, faxes, e-mail and website that a report names.

Read from the opening or the closing paragraph, else from the page's footer where that is the organ's own. Each number
belongs to the label before it, whatever their order. Numbers of the site's operator, hotlines such as 12345 and counted
figures are no contact. Words in ``data/contact.yaml``.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field

import data
from reports.document import Link
from reports.metadata.places import Line, Places
from reports.record import Contact

_DASH = r"\s*[-—–－─―‐‑~～_]{1,3}\s*"
_PHONE = re.compile(
    rf"(?<![\d.])(?:(?P<area>\(0\d{{2,3}}\)|0\d{{2,3}})(?:{_DASH}|\s*)"
    r"(?P<number>[1-9]\d{6,7}|[1-9]\d{2,3}[- ]\d{4})"
    r"|(?P<mobile>1[3-9]\d{9})|(?P<free>[48]00[- ]?\d{3}[- ]?\d{4})|(?P<local>[2-9]\d{6,7}))"
    r"(?!\d|\.\d|\s*[%件条份次人元万])(?:\s*(?:转|分机|-|—)\s*(?P<extension>\d{1,5})(?!\d))?"
)
_AT = (
    r"(?:\s*(?:@|#|★|☆|\(\s*(?:at|AT|a|@|#)\s*\)|\[\s*(?:at|AT|a|@|#)\s*\]|【\s*(?:at|AT|@|#)\s*】|\{at\}|_at_)\s*"
    r"|\s+(?:at|AT)\s+|(?<=[a-z0-9])AT(?=[a-z0-9]))"
)
_EMAIL = re.compile(
    rf"(?<![A-Za-z0-9_.+-])([A-Za-z0-9][A-Za-z0-9_.+-]{{0,40}}?){_AT}([A-Za-z0-9-]+(?:\s?(?:\.|。|\(dot\)|\[dot\])\s?[A-Za-z0-9-]+)*"
    r"(?:\s?(?:\.|。|\(dot\)|\[dot\])\s?(?:com|cn|net|org|gov|edu|COM|CN|NET)|\.[A-Za-z]{2,8}))(?![A-Za-z0-9])"
)
_WEBSITE = re.compile(
    r"(?<![A-Za-z0-9@.#])(?:(?:https?|HTTPS?)\s*:\s*/+\s*|(?=www|WWW))"
    r"((?:[A-Za-z0-9-]{1,40}[.、。]){1,6}[A-Za-z]{2,8}(?![A-Za-z0-9])(?::\d{2,5})?(?:/[A-Za-z0-9_./?=&%#~+-]*)?)"
    r"|(?<![A-Za-z0-9@.#])((?:[A-Za-z0-9-]{1,40}[.]){1,5}gov[.]cn(?:/[A-Za-z0-9_./?=&%#~+-]*)?)"
)
# Most texts have neither: two cheap looks before the two long patterns, which they must never refuse.
_AT_SIGN = re.compile(r"[@#★☆]|at|AT|[(\[【{]\s*[aA]")
_WEB = re.compile(r"http|HTTP|www|WWW|gov\.cn")
_POSTCODE = re.compile(r"(?<![\d-])(\d\s?\d\s?\d\s?\d\s?\d\s?\d)(?!\s?\d|-\d)")
_STREET = re.compile(
    r"[一-鿿A-Za-z0-9\s]*?(?:路|街|大道|巷|道|村|镇|乡|胡同|社区|大街|广场)[一-鿿A-Za-z0-9\s#\-—()]{0,40}?"
    r"(?:\d+|[一二三四五六七八九十]+)\s*(?:号|幢|栋|楼|室|层|弄)[一-鿿A-Za-z0-9#\-]*"
)
_ASKED_AGAIN = re.compile(r"(?:[请可]|直接|径直?)(?:及时)?(?:与|向|同|联系|咨询|致电|致函)|^(?:与|向)")
_SAME_FAX = re.compile(r"(?:兼|同|含|亦为|也是|并)\s*传\s*真|传\s*真\s*\)?\s*同")
_WRITE_TO = re.compile(r"^.{0,8}?(?:(?:写信|寄信|来信|来函|致函|邮寄|寄送|寄|送)[到至往]|[位处]于|前往|到访)")
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class _Found:
    name: str | None = None
    address: str | None = None
    postcode: str | None = None
    phones: list[str] = field(default_factory=list)
    faxes: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    websites: list[str] = field(default_factory=list)

    def reaches(self) -> bool:
        return bool(self.phones or self.address or self.emails or self.faxes)


@functools.cache
def _labels() -> tuple[re.Pattern[str], dict[str, str]]:
    groups = data.load_yaml("contact.yaml")["labels"]
    keys = {label: key for key, labels in groups.items() for label in labels}
    every = "|".join(
        r"\s*".join(map(re.escape, label)) if not label.isascii() else re.escape(label)
        for label in sorted(keys, key=len, reverse=True)
    )
    return re.compile(rf"({every})\s*[)\]】]?\s*(?:为|是)?\s*([::;]|)"), keys


@functools.cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], frozenset[str]]:
    words = data.load_yaml("contact.yaml")
    before = "|".join(sorted(map(re.escape, words["ask_before"]), key=len, reverse=True))
    after = "|".join(map(re.escape, words["ask_after"]))
    ask = re.compile(
        rf"(?:{before})\s*:?\s*[“\"]?([一-鿿][一-鿿()、\s]{{1,44}}?)[”\"]?\s*(?:\([^()]{{0,200}}\))?\s*(?={after}|\((?:办公|联系|通[讯信])?(?:地\s*址|电\s*话|联系|邮|电子|0\d)|[,;:]\s*(?:联系|办公)?(?:地\s*址|电\s*话|邮))"
    )
    return (
        ask,
        re.compile("|".join(map(re.escape, words["signs"]))),
        re.compile("|".join(map(re.escape, words["operator"]))),
        frozenset(words["hotlines"]),
    )


def contact(places: Places, organ: str | None, links: list[Link] | None = None) -> Contact:
    """The office to ask, as printed; dashes in phones and signs in e-mail addresses made usable."""
    found = _read(_passage(places.head[:80]), organ)
    closing = _read(_passage(places.body[-12:]), organ)
    if not found.reaches():
        middle = _read(_passage(places.body), organ) if not closing.reaches() else closing
        found, closing = middle, found
    for name in ("name", "address", "postcode"):
        if getattr(found, name) is None and (found.reaches() or name == "name"):
            setattr(found, name, getattr(closing, name))
    for name in ("phones", "faxes", "emails", "websites"):
        if not getattr(found, name):
            setattr(found, name, getattr(closing, name))
    if not found.reaches() and organ:
        footer = _read(_own_footer(places.footer, organ), organ)
        if footer.reaches():
            footer.name = footer.name or found.name
            footer.websites = found.websites
            found = footer
    if not found.websites:
        found.websites = _websites(_masked(places.opening, _emails(places.opening)))
    if not found.emails and found.reaches():
        found.emails = _linked_emails(links or [])
    return Contact(
        name=found.name, address=found.address, postcode=found.postcode, phones=found.phones, faxes=found.faxes,
        emails=found.emails, websites=found.websites,
    )  # fmt: skip


def _linked_emails(links: list[Link]) -> list[str]:
    """Addresses that only a link tells: mailto:, and those that a proxy hides ([email protected])."""
    found: list[str] = []
    for link in links:
        if not link.in_body:
            continue
        if link.url.lower().startswith("mailto:"):
            _add(found, link.url[7:].split("?")[0].strip())
        _, _, hidden = link.url.partition("email-protection#")
        if len(hidden) > 4 and re.fullmatch(r"(?:[0-9a-f]{2})+", hidden):
            key, *rest = bytes.fromhex(hidden)
            _add(found, bytes(each ^ key for each in rest).decode("utf-8", "replace"))
    return [each for each in found if _EMAIL.fullmatch(each)]


def _passage(lines: list[Line]) -> tuple[str, str]:
    """The lines that speak of contact, with the short ones between them; a side column's boxes are left out."""
    _, signs, operator, _ = _words()
    chosen = [
        number
        for number, line in enumerate(lines)
        if signs.search(_SPACE.sub("", line.text[:1500])) and not (len(line.text) < 120 and operator.search(line.text))
    ]
    if not chosen:
        return "", ""
    end = chosen[-1] + 1
    while end < len(lines) and end < chosen[-1] + 4 and _goes_on(lines[end - 1].text, lines[end].text):
        end += 1
    kept = raw = ""
    for number in range(chosen[0], end):
        line = lines[number]
        use = number in chosen or len(line.text) <= 60
        # a line of a PDF that breaks off in the middle goes on in the next one
        joint = "" if len(kept) > 24 and kept[-1] not in "。;,):!\n" and len(lines[number - 1].text) > 24 else "\n"
        kept += joint + (line.text if use else "。")
        raw += joint + (line.raw if use else "。")
    return kept, raw


def _goes_on(before: str, after: str) -> bool:
    """Whether a short line still belongs to the contact: a number or address by itself, or after a label."""
    if len(after) > 80:
        return False
    return bool(_PHONE.match(after.strip()) or _EMAIL.match(after.strip()) or _labels()[0].search(before[-8:] + "\n"))


def _own_footer(lines: list[Line], organ: str) -> tuple[str, str]:
    operator = _words()[2]
    text = "\n".join(line.text for line in lines)
    if _SPACE.sub("", organ) not in _SPACE.sub("", text):
        return "", ""
    pieces = [piece for line in lines for piece in re.split(r"[\n|]|\s{2,}|\u3000", line.text)]
    kept = "\n".join(piece for piece in pieces if not operator.search(piece))
    return kept, kept


def _read(passage_and_raw: tuple[str, str], organ: str | None) -> _Found:
    found = _Found()
    passage, raw = passage_and_raw
    if not passage:
        return found
    found.name = _office(passage, organ)
    emails = _emails(passage)
    for match in emails:
        _add(found.emails, re.sub(r"\s|[()\[\]]", "", f"{match[1]}@{match[2]}").replace("。", ".").replace("dot", "."))
    masked = _masked(passage, emails)
    found.websites = _websites(masked)
    if _WEB.search(masked):
        masked = _WEBSITE.sub(lambda match: "\x01" * len(match[0]), masked)
    pattern, keys = _labels()
    marks = [
        (match.start(), match.end(), keys[_SPACE.sub("", match[1])], bool(match[2]))
        for match in pattern.finditer(masked)
    ]
    ends = [*(mark[0] for mark in marks[1:]), len(masked)]
    _numbers(masked[: marks[0][0] if marks else len(masked)], "phone", found, labelled=False)
    for (_, start, key, colon), end in zip(marks, ends, strict=False):
        value = masked[start:end]
        if key == "address":
            found.address = found.address or _address(value, raw[start:end], colon)
        if key == "office" and colon and found.name is None:
            office = re.split(r"[,;。\n()]", value.strip(" :"))[0].strip()
            found.name = office if 2 <= len(office) <= 40 else None
        _numbers(value, key, found, labelled=True)
    if found.address is None:
        found.address = _street(masked)
    if found.postcode is None and found.address:
        after = re.search(rf"{re.escape(found.address[-4:])}\s*[,;()（]?\s*(\d{{6}})(?!\d)", _SPACE.sub("", masked))
        found.postcode = after[1] if after else None
    if found.phones and not found.faxes and _SAME_FAX.search(masked):
        found.faxes = [found.phones[-1]]
    return found


def _numbers(value: str, key: str, found: _Found, labelled: bool) -> None:
    """The numbers after a label (up to its sentence's end) under the label's meaning."""
    if key == "postcode":
        match = _POSTCODE.search(value[:24])
        if match and found.postcode is None:
            found.postcode = _SPACE.sub("", match[1])
        value = value[match.end() :] if match else value
        key, labelled = "phone", False
    if key in ("other", "person", "hours", "office") and key != "person":
        return
    if key in ("address", "email", "website", "person"):
        key, labelled = "phone", False
    sentence = re.split(r"。(?!\d)", value)[0] if labelled else value
    for match in _PHONE.finditer(sentence):
        phone = _phone(match)
        alone = sentence[: match.start()].endswith("(") and sentence[match.end() :].startswith((")", ",", ";"))
        known = labelled or alone or match["area"] is not None or match["mobile"] is not None
        if phone is None or not known:
            continue
        if key in ("phone", "both"):
            _add(found.phones, phone)
        if key in ("fax", "both"):
            _add(found.faxes, phone)


def _phone(match: re.Match[str]) -> str | None:
    hotlines = _words()[3]
    digits = match["local"] or match["mobile"]
    if match["area"]:
        digits = f"{match['area'].strip('()')}-{re.sub(r'[- ]', '', match['number'])}"
        if len(digits) not in (11, 12, 13):
            return None
    elif match["free"]:
        digits = re.sub(r"[ ]", "", match["free"])
    if digits is None or digits in hotlines or re.fullmatch(r"20[0-3]\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])", digits):
        return None
    return f"{digits}-{match['extension']}" if match["extension"] else digits


def _address(value: str, raw: str, colon: bool) -> str | None:
    """An address after its label: up to a separator outside brackets, or the sentence's end; as printed."""
    raw = raw[len(value) - len(value.lstrip(" :")) :]
    value = value.lstrip(" :")
    depth, cut = 0, len(value)
    for at, char in enumerate(value):
        if char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        if depth < 0 or (depth == 0 and char in ",;。，；\n"):
            cut = at
            break
    text = re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", raw[:cut]).strip(" ,;:、(（.").rstrip("或及和")
    text = re.sub(r"\s*\d{6}$|[(（](?:邮编)?[:：]?$", "", text).strip()
    if not 3 <= len(text) <= 80 or not re.search(r"[一-鿿]{2}", text) or "http" in text:
        return None
    return text if colon or re.search(r"[路街道号楼村镇乡室县区市]", text) else None


def _street(passage: str) -> str | None:
    """An address without a label: a chunk between separators that has a street and a number."""
    for piece in re.split(r"[,;。\n()::]", passage):
        piece = _WRITE_TO.sub("", piece.strip())
        if (
            6 <= len(piece) <= 60
            and _STREET.fullmatch(piece)
            and not re.search(r"联系|报告|公开|年度|信息|电话", piece)
        ):
            return re.sub(r"\s+", "", piece)
    return None


def _office(passage: str, organ: str | None) -> str | None:
    ask = _words()[0]
    flat = re.sub(r"[ \t\n]+", "", passage)
    best: str | None = None
    for match in ask.finditer(flat):
        name = match[1]
        name = _ASKED_AGAIN.split(name)[-1]
        if organ:
            name = re.sub(
                r"^(?:我|本)(?:局|委|厅|办|镇|乡|街道|单位|机关|市|县|区|省|院|中心|部)(?=办公室|$|[一-鿿]{2,}(?:科|处|股|室))",
                organ,
                name,
            )
        if len(name) < 2 or re.search(
            r"社会(?:各界|公众|监督)|群众|公众|条例|报告|公开信息|政府信息公开申请|人员|网站|上级|关切", name
        ):
            continue
        if re.search(
            r"(?:政府|局|委|委员会|厅|办|办公室|办公厅|处|科|股|室|中心|部|所|站|院|队|会|镇|乡|街道|署|海关|机关|组|公司|馆|校)$|\)$",
            name,
        ):
            best = best or name
    return best


def _emails(text: str) -> list[re.Match[str]]:
    return list(_EMAIL.finditer(text)) if _AT_SIGN.search(text) else []


def _websites(text: str) -> list[str]:
    found: list[str] = []
    if not _WEB.search(text):
        return found
    for match in _WEBSITE.finditer(text):
        address = re.sub(r"\s", "", match[0])
        host, slash, path = address.partition("//") if "//" in address else ("", "", address)
        domain, cut, rest = path.partition("/")
        domain = domain.replace("、", ".").replace("。", ".")
        _add(found, f"{host}{'//' if slash else ''}{domain}{cut}{rest}".rstrip(".,;"))
    return found


def _masked(text: str, matches: list[re.Match[str]]) -> str:
    for match in matches:
        text = text[: match.start()] + "\x01" * (match.end() - match.start()) + text[match.end() :]
    return text


def _add(values: list[str], value: str) -> None:
    if value and value not in values:
        values.append(value)
