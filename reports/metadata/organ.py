"""Whose report it is: from the title, the opening and the signature first, then the page's metadata, the site's
name last.

"与XX联系" names the office to ask, not the organ; the site's name never wins over the text. A short name
(洪泽区人民政府,
县应急管理局, 民政局) is completed by a fuller one that the page itself prints.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

import data
from reports.characters import without_spaces
from reports.metadata.description import Hints
from reports.metadata.places import Places
from reports.metadata.sections import signature
from reports.metadata.short_names import written_out
from reports.metadata.signed import is_signature
from reports.names import is_organ_like
from reports.record import Candidate
from reports.title import read_title
from reports.years import arabic_years


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The phrases of ``data/titles.yaml`` (organ_in_text) in which a text names its organ; the name is group 1."""

    opening: tuple[
        re.Pattern[str], ...
    ]  # behind the end of a line or clause, 由…编制, …按照…编制, …编制了…报告, 公布…2024年: the organ itself
    untitled: re.Pattern[str]  # …某镇政府信息公开工作年度报告（2024年）由镇党政办编制, under a title without a name
    subject: re.Pattern[str]  # 2024年，…认真
    ask: re.Pattern[str]  # 与…联系: the office to ask, which may be another's
    site: re.Pattern[str]  # 登录…网站: whose site it is
    begins: re.Pattern[str]
    no_name: re.Pattern[str]
    no_source: re.Pattern[str]
    no_place: re.Pattern[str]
    site_ends: re.Pattern[str]
    governs: tuple[str, ...]  # what makes an organ of a place's name, the commonest first
    governs_by_law: tuple[tuple[str, re.Pattern[str]], ...]  # and of which places, where the text names none


@functools.cache
def _phrases() -> _Phrases:
    knowledge = data.load_yaml("titles.yaml")["organ_in_text"]
    words = {key: "|".join(each) for key, each in knowledge.items()}
    name = rf"([一-鿿()、·]{{2,40}}?(?:{words['kinds']}))"
    year = r"(?:19|20)\d\d年"
    # patterns begin with a sign, or with words that each begin with one: so they are found far sooner
    some_year = "|".join(rf"{century}\d\d年(?:度|以来|里)?" for century in (19, 20))
    return _Phrases(
        opening=(
            re.compile(rf"(?:由|是)\s*{name}(?={words['by_then']})"),
            re.compile(rf"[。;\n,]\s*{name}(?=(?:{words['made_then']})[^。]{{0,120}}(?:{words['made']}))"),
            re.compile(rf"[。;\n,]\s*{name}(?=(?:组织)?(?:{words['compiled']})了?[^。,]{{0,30}}报告)"),
            re.compile(rf"[。;\n,]\s*{name}(?=现?(?:向社会)?(?:公布|发布|公开){year}[^。]{{0,30}}报告)"),
            re.compile(rf"(?:{words['presents']})\s*了?{name}\s*(?:{year}|关于|政府信息公开|信息公开)"),
        ),
        untitled=re.compile(
            rf"[。;\n,]\s*(?![现将向根按为依由]){name}"
            rf"(?=(?:{year}度?)?政府信息公开(?:工作)?(?:年度)?[报年]报?告?(?:[(]{year}度?[)])?[一-鿿,]{{4}})"
        ),
        subject=re.compile(rf"(?:{some_year}|{words['subject_time']})[,，]?{name}(?={words['subject_then']})"),
        ask=re.compile(
            rf"(?:请|可|,|，|直接|径)(?:与|向|同|和|联系|致电)\s*{name}(?=[^。]{{0,24}}(?:联系|咨询|反映|反馈|提出|\())"
        ),
        site=re.compile(
            rf"(?:{_but_in_places(knowledge['begins_a_place'])})\s*"
            r"([一-鿿]{2,30}?(?:人民政府|政府|局|委员会|厅|委))"
            r"(?:门户)?(?:网站|门户|官网|网|信息网|信息公开)"
        ),
        begins=re.compile(f"^(?!(?:{words['begins_a_place']}))(?:{words['begins_with']})"),
        no_name=re.compile(words["not_in_names"]),
        no_source=re.compile(words["not_sources"]),
        no_place=re.compile(words["not_places"]),
        site_ends=re.compile(f"(?:{words['site_ends']})$"),
        governs=tuple(knowledge["governs"]),
        governs_by_law=tuple((name, re.compile(of)) for name, of in knowledge["governs_by_law"].items()),
    )


def _but_in_places(places: list[str]) -> str:
    """What stands before a site's name, but where a place's name begins with it: 和 before 临江市, not in 和平区."""
    words = ("在", "通过", "从", "登录", "登陆", "及", "和", "于", "“", '"')
    rests = {word: [place.removeprefix(word) for place in places if place.startswith(word)] for word in words}
    return "|".join(f"{word}(?!{'|'.join(rest)})" if rest else word for word, rest in rests.items())


_GOES_ON = re.compile(r"政府信息公开(?:工作)?(?:年度)?(?:报告|年报)(?:[(]\d{4}年度?[)])?[一-鿿,]{4}")
_PARTS = re.compile(r"\s*[-－–—_|│｜]+\s*")
_QUOTED = re.compile(r"《([^《》]+)》")
_PLACE = re.compile(r"^(.{1,}?(?:自治[区州县旗]|[省市县区旗盟州]|地区))")
_OFFICE = re.compile(r"(?:办公厅|办公室)$")
_PLACE_ONLY = re.compile(r"(?:[省市县区旗盟州镇乡园]|地区|自治[区州县旗]|街道|苏木)$")
_SELF = re.compile(r"(?:我|本)(市|县|区|省|旗|州|盟|镇|乡|街道|局|委|厅|办|中心|院|部|署|站|所|海关|支队|分局|管委会)")
_GOVERNMENT_SELF = frozenset("市县区省旗州盟镇乡") | {"街道"}
_LEVEL_FIRST = re.compile(r"(?!市[中南北]区)[市县区旗州盟][^,]{2,}")  # 市中区 is a place
_FULL_AFTER_LEVEL = re.compile(r"[市县区省][^,]{2,}")
_DATE = re.compile(r"(?:19|20)\d\d[-年/.].*")
_FIRST_LINES = 4  # of the first section, which speak of the organ itself
_LATER = "later section"
_ITS_OWN = ("opening", "signature", "first section")  # what names the organ itself, and at its fullest
_TWO_HANZI = re.compile(r"[一-鿿]{2}")


_Told = list[tuple[str, str]]  # names with the place that tells each


def organ(places: Places, hints: Hints, title: str | None, page_title: str = "") -> tuple[str | None, list[Candidate]]:
    """The reporting organ as the page names it, at its fullest, and all candidates, the chosen one first."""
    text = arabic_years(places.opening.replace(" ", ""))
    found = [*_told_by_the_report(places, title, text), *_told_around_it(places, hints, page_title, text)]
    names = _government_first([(cleaned, source) for name, source in found if (cleaned := _cleaned(name, source))])
    later = [(cleaned, _LATER) for name in _told_later(places) if (cleaned := _cleaned(name, _LATER))]
    if not names:
        return None, [Candidate(value=value, source=source) for value, source in dict.fromkeys(later)]
    chosen = _complete(names[0][0], names, text, places.text)
    own = (name for name, source in names if source in _ITS_OWN or source.startswith("label"))
    chosen = written_out(chosen, own) or chosen
    if title and "(" in chosen and "（" in title:  # as printed
        chosen = chosen.replace("(", "（").replace(")", "）")
    told = dict.fromkeys([(chosen, names[0][1]), *names, *later])
    return chosen, [Candidate(value=value, source=source) for value, source in told]


def _government_first(names: _Told) -> _Told:
    """The names with the government first that signs a report of which the opening says that its office compiled it."""
    if names and names[0][1] == "opening" and _OFFICE.search(names[0][0]):
        signed = (_OFFICE.sub("", names[0][0]), "signature")
        if signed in names and signed[0].endswith("人民政府"):
            return [signed, *(each for each in names if each != signed)]
    return names


def _told_by_the_report(places: Places, title: str | None, opening: str) -> _Told:
    """What title, opening, signature and first section call the organ, in this order."""
    phrases = _phrases()
    found: _Told = []
    title_organ = (read_title(title).organ or _quoted(title) or _before_the_year(title)) if title else None
    if title_organ:
        found.append((title_organ, "title"))
    goes_on = title_organ is None and _GOES_ON.search(opening)
    for pattern in (phrases.untitled, *phrases.opening) if goes_on else phrases.opening:
        found += [(match[1], "opening") for match in pattern.finditer(f"\n{opening}")]
    found += [(match[1], "opening") for match in [phrases.subject.search(opening)] if match]
    signed, _ = signature(places)
    if signed and read_title(signed).kind == "other" and not _is_of_title(signed, title, title_organ):
        found.append((signed, "signature"))
    if title_organ is None:  # the title has a line of its own, and the organ's name another
        heads = [line.text for line in places.head[:12] if line.linked < 0.5 and not line.tabled]
        named = (without_spaces(line).strip("()") for line in heads)  # (临江市水务局)
        found += [(line, "line above the text") for line in named if _is_a_name(line)]
        found += [(name, "title") for line in places.head[:12] if (name := _beside(title, line.text))]
    first = arabic_years("\n".join(line.text.replace(" ", "") for line in places.body[:_FIRST_LINES])[:1500])
    return [*found, *((match[1], "first section") for match in [phrases.subject.search(first)] if match)]


def _told_around_it(places: Places, hints: Hints, page_title: str, opening: str) -> _Told:
    """What the page's labels and metadata, whom to ask, the site and the link name."""
    phrases = _phrases()
    found: _Told = [(each.value, f"label {each.label}") for each in places.labelled("organ") if each.value]
    ask = [(match[1], "opening (contact)") for match in phrases.ask.finditer(opening)]
    site = [(match[1], "opening (website)") for match in phrases.site.finditer(opening)]
    found += ask + site if _speaks_for_itself(places) else site + ask
    found += [(value, "meta contentsource") for value in places.meta.get("contentsource", []) if value]
    found += [(each.value, f"label {each.label}") for each in places.labelled("source") if each.value]
    found += [(step, "breadcrumb") for step in places.trail if is_organ_like(step)]
    site_parts = [phrases.site_ends.sub("", part) for part in _PARTS.split(page_title) if "公开" not in part]
    found += [(part, "page title") for part in site_parts if is_organ_like(part)]
    for hint, source in ((hints.anchor, "link"), (hints.parent_title, "parent page")):
        read = read_title(hint) if hint else None
        if read and read.organ:
            found.append((read.organ, source))
    if hints.portal_organ:
        found.append((hints.portal_organ, "portal"))
    return [*found, *((value, "meta sitename") for value in places.meta.get("sitename", []) if value)]


def _told_later(places: Places) -> list[str]:
    """Who acts in the later sentences: no witness of whose the report is, but of what a copy kept."""
    rest = arabic_years("\n".join(line.text for line in places.body[_FIRST_LINES:]).replace(" ", ""))
    return [match[1] for match in _phrases().subject.finditer(rest)]


def _quoted(title: str) -> str | None:
    """The organ of a report that a notice publishes under its title: 关于公布《临江市水务局2024年…报告》的公告."""
    quoted = _QUOTED.search(title) if "《" in title else None
    return read_title(quoted[1]).organ if quoted else None


def _before_the_year(title: str) -> str | None:
    """The organ with which a title of another kind begins: 临江市水务局2024年政府信息公开工作总结."""
    name, year, about = without_spaces(arabic_years(title)).partition("20")
    return name if year and "公开" in about and is_organ_like(name) and not name.startswith("关于") else None


def _is_a_name(line: str) -> bool:
    """Whether a line is an organ's name and nothing else, with its place: 临江市水务局."""
    return (
        is_organ_like(line)
        and is_signature(line)
        and _PLACE.match(line) is not None
        and read_title(line).kind == "other"
    )


def _is_of_title(line: str, title: str | None, organ: str | None) -> bool:
    """Whether a line is a piece of a title that a cover page breaks (工作年度报告), and not the organ's name in it."""
    return title is not None and line in title and line != organ


def _beside(title: str | None, line: str) -> str | None:
    """The organ that a line tells with the title, parted by a dash: 2024年政府信息公开工作年度报告—临江市水务局."""
    parts = _PARTS.split(without_spaces(line))
    if title is None or len(parts) != 2 or title not in parts:
        return None
    return next((part for part in parts if part != title and is_organ_like(part)), None)


def _cleaned(name: str, source: str) -> str | None:
    """A found name without what surrounds it; None where it is none."""
    phrases = _phrases()
    name = without_spaces(name).strip("“”\"'[]《》,;:.。、")
    if name[-1:] in ("(", "（", ")", "）") or name[:1] in ("(", "（"):
        half = name.replace("（", "(").replace("）", ")")
        name = name if half.count("(") == half.count(")") and half[0] != "(" else name.strip("()（）")
    if source.startswith("opening") or source in ("first section", _LATER):
        while len(name) > 4 and (junk := phrases.begins.match(name)) and not _FULL_AFTER_LEVEL.match(name):
            name = name[junk.end() :]
        if phrases.no_name.search(name):
            return None
    if source.startswith(("meta", "label")):
        name = phrases.site_ends.sub("", _DATE.sub("", name))
        if not _TWO_HANZI.search(name) or len(name) > 40 or phrases.no_source.search(name):
            return None
    return name if 2 <= len(name) <= 45 else None


def _speaks_for_itself(places: Places) -> bool:
    """Whether the text says 我局 rather than 我市: then the office to ask is likelier the organ than the website."""
    counts = {"government": 0, "organ": 0}
    for match in _SELF.finditer(places.text):
        counts["government" if match[1] in _GOVERNMENT_SELF else "organ"] += 1
    return counts["organ"] > counts["government"]


def _in_text(name: str, text: str) -> list[str]:
    """A name that begins with its level alone (市水务局) with its place, where the text prints both together."""
    if not _LEVEL_FIRST.match(name):
        return []
    found = re.findall(
        rf"(?:^|[\n,。;:、“\"'(《》]|由|与|向|是|和|对)(?![由与向是对])([一-鿿]{{2,8}}){re.escape(name)}", text
    )
    return [place + name for place in found if not _phrases().no_place.search(place)]


def _complete(name: str, names: list[tuple[str, str]], text: str, whole_text: str) -> str:
    """The fullest printed form of a name: 洪泽区人民政府 in 淮安市洪泽区人民政府办公室, 贵阳市 in
    贵阳市人民政府门户网站.
    """
    forms = [*(each for each, _ in names), *_in_text(name, text)]
    forms += [_OFFICE.sub("", each) for each in forms if _OFFICE.search(each) and "人民政府" in each]
    best = name
    if _PLACE_ONLY.search(name):
        best = _governed(name, forms, whole_text)
    longer = [each for each in forms if each.endswith(best) and len(each) > len(best) and _PLACE.match(each)]
    longer = [each for each in longer if _PLACE_ONLY.search(each[: len(each) - len(best)])]
    if longer:
        return max(longer, key=len)
    if named := _in_text(best, text):
        return named[0]
    if _LEVEL_FIRST.match(best):  # 县应急管理局 with 德安县人民政府 as the site's name
        for each in forms:
            match = re.match(rf"([一-鿿]{{1,12}}?{best[0]})(?:人民政府|政府|$|[一-鿿])", each)
            if match and len(match[1]) > 1:
                return match[1] + best[1:]
    return best


def _governed(place: str, forms: list[str], whole_text: str) -> str:
    """The organ of which a title gives the place alone: as the report names it first, before its site's name does."""
    names = [place + each for each in _phrases().governs]
    told = (name for form in forms for name in names if form.endswith(name))
    by_law = next((place + name for name, of in _phrases().governs_by_law if of.search(place)), place)
    return next(told, next((name for name in names if name in whole_text), by_law))
