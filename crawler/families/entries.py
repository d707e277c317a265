"""One entry of a list that a portal answers as data: its title, address and date, by whatever names it has them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from crawler.address import absolute
from crawler.discovery.links import Link, squeeze
from crawler.discovery.slugs import is_never
from reports.title import read_title

#: Where an address made by a script has an entry's field: ``\\x01docId\\x02``.
PLACEHOLDER = re.compile("\x01(\\w+)\x02")

_TITLES = (
    "title",
    "docsubtitle",
    "doctitle",
    "name",
    "articletitle",
    "infotitle",
    "subject",
    "showtitle",
    "bt",
    "linktitle",
    "headline",
    "infoname",
    "label",
    "text",
)
ADDRESSES = (
    "url",
    "post_url",
    "pcurl",
    "link",
    "href",
    "docpuburl",
    "linkurl",
    "puburl",
    "doc_pub_url",
    "visiturl",
    "infourl",
    "weburl",
    "articleurl",
    "urls",
    "path",
)
_DATES = (
    "pubdate",
    "publishdate",
    "publishedtime",
    "display_publish_time",
    "date",
    "publishtime",
    "docreltime",
    "infodate",
    "created_at",
    "publishedtimestr",
    "createdate",
    "deploytime",
    "rq",
    "fbsj",
    "fbrq",
)
_DATE = re.compile(r"(20\d\d|19\d\d)[-./年]?(\d{1,2})[-./月]?(\d{1,2})")


def entry_of(item: dict[str, Any], url: str, shapes: Sequence[str]) -> Link | None:
    """An object of a list as a link, if it has a title and an address, its own or one of the ``shapes``."""
    lower = {key.lower(): value for key, value in item.items()}
    for inner in item.values():  # {"source": {"title": …}}, {"data": {…}}, {"_source": {…}}
        if isinstance(inner, dict):
            lower = {**{key.lower(): value for key, value in inner.items()}, **lower}
    titles = (*_TITLES, *(key for key in lower if key.endswith("title")))
    title = next((str(lower[key]) for key in titles if isinstance(lower.get(key), str) and lower[key].strip()), "")
    address = None
    for key in ADDRESSES:
        value = lower.get(key)
        if isinstance(value, str) and value.strip().startswith("{"):
            try:
                value = json.loads(value)
            except ValueError:
                continue
        if isinstance(value, dict):
            value = next((value[each] for each in ("pc", "common", "wap") if isinstance(value.get(each), str)), None)
        if isinstance(value, str) and ("/" in value or "." in value):
            address = absolute(url, value)
            if address:
                break
    title = title or _longest_name(lower) or _of_organ(lower)
    if title and not address:
        address = next((found for shape in shapes if (found := _shaped(shape, lower, url))), None)
    address = address or (_only_address(lower, url) if title else None)
    if not title or not address:
        return None
    dates = (*_DATES, *(key for key in lower if key.endswith(("date", "time"))))
    date = next(
        (match for key in dates if isinstance(lower.get(key), str) and (match := _DATE.search(str(lower[key])))), None
    )
    return Link(
        url=address,
        text=squeeze(re.sub(r"<[^>]*>", "", title)),
        block=-2,
        tag="json",
        date=f"{date[1]}-{int(date[2]):02d}-{int(date[3]):02d}" if date else None,
    )


_ORGAN = re.compile("[\u4e00-\u9fff（）()]{3,30}")
_OWN_IDS = ("id", "articleid", "docid", "infoid", "newsid", "contentid", "uuid", "guid", "manuscriptid")
_ELSES_ID = re.compile(
    r"^(?:p|f)id$|parent|channel|column|col|menu|cat|type|dept|org|unit|site|node|user|area|class|lm"
)


def _own_id(fields: dict[str, Any]) -> Any:
    """The number of an entry, by the names that such fields have; not that of its column or organ."""
    names = (*_OWN_IDS, *(key for key in fields if key.endswith(("id", "code", "key")) and not _ELSES_ID.search(key)))
    return next((fields[key] for key in names if fields.get(key)), None)


_NAMES = re.compile("[\u4e00-\u9fff]{4}")
_PATH = re.compile(r"(?:https?:/)?/[^\s<>]{3,300}|[\w./-]+\.(?:s?html?|jsp|aspx?|php|pdf|docx?|wps)(?:\?\S*)?", re.I)


def _longest_name(fields: dict[str, Any]) -> str:
    """The title of an entry whose fields have the portal's own names: a text that names a report, in Chinese."""
    texts = [str(value) for value in fields.values() if isinstance(value, str) and _NAMES.search(value)]
    return next((each for each in texts if len(each) < 200 and read_title(squeeze(each)).kind == "report"), "")


def _of_organ(fields: dict[str, Any]) -> str:
    """The title of an entry that has only an organ and a year."""
    organ = next((str(value) for value in fields.values() if isinstance(value, str) and _ORGAN.fullmatch(value)), "")
    years = (str(value) for value in fields.values() if isinstance(value, str | int))
    year = next((each for each in years if re.fullmatch(r"(?:19|20)\d\d(?:年|年度)?", each)), "")
    return f"{organ}{year[:4]}年信息公开年度报告" if organ and year else ""


def _only_address(fields: dict[str, Any], url: str) -> str | None:
    """The address among such fields: the only value that looks like one."""
    found = {str(value) for value in fields.values() if isinstance(value, str) and _PATH.fullmatch(value.strip())}
    found = {each for each in found if not is_never(each)}
    return absolute(url, found.pop()) if len(found) == 1 else None


def _shaped(shape: str, fields: dict[str, Any], url: str) -> str | None:
    """The address that a script makes of an entry's fields; None where it lacks one."""
    values = {name: fields.get(name.lower()) for name in PLACEHOLDER.findall(shape)}
    if len(values) == 1 and None in values.values():  # article(t), called with an entry's own id
        values = dict.fromkeys(values, _own_id(fields))
    if any(not isinstance(value, str | int) or value == "" for value in values.values()):
        return None
    made = PLACEHOLDER.sub(lambda place: str(values[place[1]]), shape)
    return absolute(url, made) if "/" in made or "." in made or "?" in made else None
