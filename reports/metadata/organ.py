"""Whose report it is: from the title, the opening and the signature first, then the page's metadata, the site's
name last.

"与XX联系" names the office to ask, not the organ; the site's name never wins over the text. A short name
(洪泽区人民政府,
县应急管理局, 民政局) is completed by a fuller one that the page itself prints.
"""

from __future__ import annotations

import re

from reports.metadata.description import Hints
from reports.metadata.places import Places
from reports.metadata.sections import signature
from reports.names import is_organ_like
from reports.record import Candidate
from reports.title import read_title

_KIND = (
    r"(?:人民政府(?:办公厅|办公室)?|(?:管理|监督管理|工作|健康|改革|资产监督管理|建设|事务|民族宗教)?委员会(?:办公室)?|管委会|行政公署|"
    r"街道办事处|办事处|[局厅委部署院办](?![一-鿿]{0,2}(?:长|任))|办公室|中心|分局|支队|总队|大队|海关|税务局|(?<=[县区市乡村镇])镇|镇人民政府|乡人民政府)"
)
_NAME = rf"([一-鿿()、·]{{2,40}}?{_KIND})"
_BY = re.compile(rf"(?:由|是)\s*{_NAME}(?=根据|依据|按照|编制|依照|负责|按)")
_MADE = re.compile(
    rf"(?:^|[。;\n,])\s*{_NAME}(?=(?:按照|根据|依据|依照|严格|认真)[^。]{{0,120}}(?:编制|撰写|制作|形成|公布|现))"
)
_PRESENTS = re.compile(
    rf"(?:公布|发布|编制(?:了)?|形成(?:了)?|公开|现将|兹将)\s*(?:了)?{_NAME}\s*(?:(?:19|20)\d\d\s*年|关于|政府信息公开|信息公开)"
)
_ASK = re.compile(
    rf"(?:[请可,，]|直接|径)(?:与|向|同|和|联系|致电)\s*{_NAME}(?=[^。]{{0,24}}(?:联系|咨询|反映|反馈|提出|\())"
)
_SITE = re.compile(
    r"(?:在|通过|从|登录|登陆|及|和|于|“|\")\s*([一-鿿]{2,30}?(?:人民政府|政府|局|委员会|厅|委))(?:门户)?(?:网站|门户|官网|网|信息网|信息公开)"
)
_SUBJECT = re.compile(
    rf"(?:19|20)\d\d年(?:度|以来|里)?[,，]?{_NAME}(?=认真|坚持|深入|严格|以|全面|按照|在|积极|高度|持续|紧紧|紧扣|围绕|始终|不断|切实|继续|根据|依据|贯彻|扎实|依法|"
    r"共|主动|政府|政务|信息|坚决|聚焦|进一步|深化|加强|落实|着力|立足|牢固|对标|及时|的|充分|结合|大力|统筹|将|为|党|把|收到|新收|坚定|学习|按|强化|有序|稳步)"
)
_PARTS = re.compile(r"\s*[-－–—_|│｜]+\s*")
_PLACE = re.compile(r"^(.{1,}?(?:自治[区州县旗]|[省市县区旗盟州]|地区))")
_OFFICE = re.compile(r"(?:办公厅|办公室)$")
_PLACE_ONLY = re.compile(r"(?:[省市县区旗盟州镇乡]|地区|自治[区州县旗]|街道|苏木)$")
_SELF = re.compile(r"(?:我|本)(市|县|区|省|旗|州|盟|镇|乡|街道|局|委|厅|办|中心|院|部|署|站|所|海关|支队|分局|管委会)")
_GOVERNMENT_SELF = frozenset("市县区省旗州盟镇乡") | {"街道"}
_SITE_ENDS = re.compile(r"(?:门户网站|网站|门户网|(?<=政府)网)$")
_LEVEL_FIRST = re.compile(r"[市县区旗州盟][^,]{2,}")
_NO_PLACE = re.compile(r"根据|依据|按照|条例|要求|关于|报告|公布|发布|编制|我|本|各|全|该|此|年|现将|政府|办公")
_JUNK = re.compile(
    r"^(?:请|由|本|各|该|我|其|在|对|和|与|及|或|向|为|将|如|以|是|可|现|按|的|并|从|经|据|根据|按照|年度|以及|报告|收到|处理|主动|做好|推进|全|市|县|区|省)|信息公开条例|国务院|中华人民共和国政府|《|》"
)


def organ(places: Places, hints: Hints, title: str | None, page_title: str = "") -> tuple[str | None, list[Candidate]]:
    """The reporting organ as the page names it, at its fullest, and all candidates, the chosen one first."""
    opening = places.opening
    text = opening.replace(" ", "")
    site_parts = [_SITE_ENDS.sub("", part) for part in _PARTS.split(page_title) if "公开" not in part]
    found: list[tuple[str, str]] = []
    title_organ = read_title(title).organ if title else None
    if title_organ:
        found.append((title_organ, "title"))
    for pattern, source in ((_BY, "opening"), (_MADE, "opening"), (_PRESENTS, "opening")):
        found += [(match[1], source) for match in pattern.finditer(text)]
    first = "\n".join(line.text.replace(" ", "") for line in places.body[:4])[:1500]
    signed, _ = signature(places)
    if signed and read_title(signed).kind == "other":
        found.append((signed, "signature"))
    found += [(match[1], "first section") for match in [_SUBJECT.search(first)] if match]
    found += [(each.value, f"label {each.label}") for each in places.labelled("organ") if each.value]
    ask = [(match[1], "opening (contact)") for match in _ASK.finditer(text)]
    site = [(match[1], "opening (website)") for match in _SITE.finditer(text)]
    found += ask + site if _speaks_for_itself(places) else site + ask
    found += [(value, "meta contentsource") for value in places.meta.get("contentsource", []) if value]
    found += [(each.value, f"label {each.label}") for each in places.labelled("source") if each.value]
    found += [(step, "breadcrumb") for step in places.trail if is_organ_like(step)]
    found += [(part, "page title") for part in site_parts if is_organ_like(part)]
    for hint, source in ((hints.anchor, "link"), (hints.parent_title, "parent page")):
        read = read_title(hint) if hint else None
        if read and read.organ:
            found.append((read.organ, source))
    if hints.portal_organ:
        found.append((hints.portal_organ, "portal"))
    found += [(value, "meta sitename") for value in places.meta.get("sitename", []) if value]
    names = [(cleaned, source) for name, source in found if (cleaned := _cleaned(name, source))]
    if not names:
        return None, []
    chosen = _complete(names[0][0], names, text)
    if title and "(" in chosen and "（" in title:  # as printed
        chosen = chosen.replace("(", "（").replace(")", "）")
    told = dict.fromkeys([(chosen, names[0][1]), *names])
    return chosen, [Candidate(value=value, source=source) for value, source in told]


def _cleaned(name: str, source: str) -> str | None:
    name = re.sub(r"\s+", "", name).strip("“”\"'[]《》,;:.。、")
    if name.count("(") + name.count("（") != name.count(")") + name.count("）") or name.startswith(("(", "（")):
        name = name.strip("()（）")
    if source.startswith("opening") or source == "first section":
        while (
            (junk := _JUNK.match(name)) and junk.end() and len(name) > 4 and not re.match(r"[市县区省][^,]{2,}", name)
        ):
            name = name[junk.end() :]
        if re.search(r"条例|报告|信息公开|,|网站", name):
            return None
    if source.startswith(("meta", "label")):
        name = _SITE_ENDS.sub("", re.sub(r"(?:19|20)\d\d[-年/.].*", "", name))
        if (
            not re.search(r"[一-鿿]{2}", name)
            or len(name) > 40
            or re.search(r"http|中国政府网|原创|本站|网络|转载|元$|[:：]|次数|点击", name)
        ):
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
    found = re.findall(rf"(?:^|[\n,。;:、“\"'(《》]|由|与|向|是|和|对)([一-鿿]{{2,8}}){re.escape(name)}", text)
    return [place + name for place in found if not _NO_PLACE.search(place)]


def _complete(name: str, names: list[tuple[str, str]], text: str) -> str:
    """The fullest printed form of a name: 洪泽区人民政府 in 淮安市洪泽区人民政府办公室, 贵阳市 in
    贵阳市人民政府门户网站.
    """
    forms = [*(each for each, _ in names), *_in_text(name, text)]
    forms += [_OFFICE.sub("", each) for each in forms if _OFFICE.search(each) and "人民政府" in each]
    best = name
    if _PLACE_ONLY.search(name):
        whole = f"{name}人民政府"
        if whole in forms or any(each.endswith(whole) for each in forms):
            best = whole
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
