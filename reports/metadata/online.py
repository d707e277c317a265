"""E-mail addresses, with # or (at) or 图 for @ too, and websites, with 、 for a dot too."""

from __future__ import annotations

import functools
import re

import data
from reports.document import Link

_EXPLAINED = re.compile(
    r"[(,;请把将]\s*[“\"']?([^\w\s(),;.:“\"'@-])[”\"']?\s*(?:替换|更换|改|换)?(?:为|成|是|代替)\s*[“\"']?@"
)
_DOT = r"\s?(?:\.|。|\(dot\)|\[dot\]|,(?=(?:com|cn|net)(?![A-Za-z0-9])))\s?"  # 163,com
_WEBSITE = re.compile(
    r"(?<![A-Za-z0-9@.#])(?:(?:https?|HTTPS?)\s*:\s*/+\s*|(?=www|WWW))"
    r"((?:[A-Za-z0-9-]{1,40}[.、。]){1,6}[A-Za-z]{2,8}(?![A-Za-z0-9])(?::\d{2,5})?(?:/[A-Za-z0-9_./?=&%#~+-]*)?)"
    r"|(?<![A-Za-z0-9@.#])((?:[A-Za-z0-9-]{1,40}[.]){1,5}gov[.]cn(?:/[A-Za-z0-9_./?=&%#~+-]*)?)"
)
# Most texts have neither: a cheap look before the long pattern, which it must never refuse.
_WEB = re.compile(r"http|HTTP|www|WWW|gov\.cn")


@functools.cache
def _email() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The pattern of an address with its ``at_signs`` of ``data/contact.yaml``, and the cheap look before it."""
    words = data.load_yaml("contact.yaml")
    signs, said = "|".join(map(re.escape, words["at_signs"])), "|".join(map(re.escape, words["at_words"]))
    label = "|".join(each for each in words["labels"]["email"] if each.isascii() and each != "email")
    wrapped = rf"[(\[【{{<“\"']\s*(?:{signs}|{said})\s*[)\]】}}>”\"']|_at_|-at-"
    at = rf"(?:\s*(?:{signs}|{wrapped})\s*|\s+(?:at|AT)\s+|(?<=[a-z0-9])AT(?=[a-z0-9]))"
    address = re.compile(
        rf"(?<![A-Za-z0-9_.+-])(?:{label})?([A-Za-z0-9][A-Za-z0-9_.+-]{{0,40}}?){at}([A-Za-z0-9-]+(?:{_DOT}[A-Za-z0-9-]+)*"
        rf"(?:{_DOT}(?:com|cn|net|org|gov|edu|COM|CN|NET)|\.[A-Za-z]{{2,8}}))(?![A-Za-z0-9])"
    )
    return address, re.compile(rf"{signs}|at|AT|[(\[【{{<“\"']\s*(?:{said})")


def emails(text: str) -> list[re.Match[str]]:
    """The places of e-mail addresses in a text (half-width); ``email`` makes each usable."""
    address, sign = _email()
    if explained := _EXPLAINED.search(text):  # lj*163.com(*改为@)
        text = text.replace(explained[1], "@")
    return list(address.finditer(text)) if sign.search(text) else []


def email(match: re.Match[str]) -> str:
    """The address of a match of ``emails``, with @ and dots."""
    return re.sub(r"\s|[()\[\]]", "", f"{match[1]}@{match[2]}").replace("。", ".").replace(",", ".").replace("dot", ".")


def linked_emails(links: list[Link]) -> list[str]:
    """Addresses that only a link tells: mailto:, and those that a proxy hides ([email protected])."""
    found: list[str] = []
    for link in links:
        if not link.in_body:
            continue
        if link.url.lower().startswith("mailto:"):
            found.append(link.url[7:].split("?")[0].strip())
        _, _, hidden = link.url.partition("email-protection#")
        if len(hidden) > 4 and re.fullmatch(r"(?:[0-9a-f]{2})+", hidden):
            key, *rest = bytes.fromhex(hidden)
            found.append(bytes(each ^ key for each in rest).decode("utf-8", "replace"))
    return [each for each in dict.fromkeys(found) if _email()[0].fullmatch(each)]


def websites(text: str) -> list[str]:
    """The websites that a text (half-width) names."""
    found: list[str] = []
    if not _WEB.search(text):
        return found
    for match in _WEBSITE.finditer(text):
        address = re.sub(r"\s", "", match[0])
        host, slash, path = address.partition("//") if "//" in address else ("", "", address)
        domain, cut, rest = path.partition("/")
        domain = domain.replace("、", ".").replace("。", ".")
        found.append(f"{host}{'//' if slash else ''}{domain}{cut}{rest}".rstrip(".,;"))
    return list(dict.fromkeys(filter(None, found)))


def without_websites(text: str) -> str:
    """The text with its websites blanked: their digits are no phone's."""
    return _WEBSITE.sub(lambda match: "\x01" * len(match[0]), text) if _WEB.search(text) else text


def masked(text: str, matches: list[re.Match[str]]) -> str:
    """The text with these places blanked; its length stays."""
    for match in matches:
        text = text[: match.start()] + "\x01" * (match.end() - match.start()) + text[match.end() :]
    return text
