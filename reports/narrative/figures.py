"""Figures stated in running text: requests received and their outcomes, reviews, lawsuits, documents, items published.

Each is found with its section and character range in the section's text, so that a reader can point at it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence

from reports.characters import plain
from reports.metadata.scope import Scope, is_of_one_organ, sentence_scope
from reports.narrative.numbers import value
from reports.narrative.periods import period
from reports.narrative.respectively import MARK, one_by_one
from reports.narrative.rules import Rule, asked, nothing, rules
from reports.narrative.subject import holds, is_linked, is_of_another_organ, of_other_business, without_organs
from reports.record import Narrative, Section

_SENTENCE = re.compile(r"[^。;!?\n]+")
_UNIT = "[件条期份宗起次场个名人元项篇部例万]"
_WORTH = re.compile(
    rf"\d\s*(?:余|多)?\s*{_UNIT}|[一二两三四五六七八九十零壹贰叁肆伍陆柒捌玖拾]{_UNIT}|未|无|没有|不存在"
)
LONGEST_SENTENCE = 3000  # characters; what is longer is no sentence
LONGEST_HEADING = 30  # characters of a line that heads the paragraph below it
_PART = re.compile(r"其中[^。;]*$|\([^()]*$|(?:居|排名?)(?:前|第)[^。;]*$|分别(?:[为是][^。;]*)?$")
_BY_A_WAY = re.compile("书面|网[上络]|线[上下]|当面|现场|信函|来信|邮[件寄]")
_ANOTHER_WAY = re.compile(rf"[、,;](?:和|及)?[^。;,、\d]{{0,8}}(?:{_BY_A_WAY.pattern})[^。;,、\d]{{0,6}}\d")
_WITH_CARRIED = re.compile(r"其中:?[^。;,]{0,6}(?:新收[^。;]{0,14}结转|结转[^。;]{0,14}新收)")
_WHOLE = re.compile(
    r"(?<!其中)[,;](?:[我本全各][^\d,;]{1,4})?(?:共计?|全年|本年度|总共|合计|累计|按时|已)[^\d,;]{0,6}$"
)

_OWN = re.compile("[我本全]")
_CLAUSE_END = re.compile("[,、)]")

_Found = tuple[str, int, int, int | float]


def read_figures(
    sections: list[Section], government: bool = True, year: int | None = None, organ: str | None = None
) -> list[Narrative]:
    """The figures of all sections, in the order of the text.

    ``government``: whose 全市 is its own area (``scope``). ``year`` is the reported year: figures of another time get
    a key of their own (``received_earlier``, ``received_cumulative``, ``received_partial``); so do those of others
    than the ``organ`` (``received_part``), where it is no government.
    """
    found: list[Narrative] = []
    for section in sections:
        found += _section(section, government, year, None if government else organ)
    return found


def _section(section: Section, government: bool, year: int | None, organ: str | None) -> list[Narrative]:
    text = plain(section.text)
    found: list[Narrative] = []
    for sentence in _SENTENCE.finditer(text):
        if sentence.end() - sentence.start() > LONGEST_SENTENCE or not _WORTH.search(sentence[0]):
            continue
        flat, places = _flat(sentence[0], sentence.start())
        context = functools.partial(_context, section.title, text, sentence.start())
        taken: list[_Found] = []
        stated = _sentence(flat, context, year)
        if MARK in flat:
            stated += _named_first(flat, context, year)
        for figure in stated:
            if figure[3] == 0 or not any(figure[1] < other[2] and figure[2] > other[1] for other in taken):
                taken.append(figure)
        for key, start, end, number in _of_the_organ(taken, flat, organ) if organ else taken:
            first, last = places[start], places[end - 1] + 1
            found.append(
                Narrative(
                    key=key, value=number, raw=section.text[first:last], section=section.number, start=first, end=last,
                    scope=_scope(flat, start, end, government),
                )
            )  # fmt: skip
    found.sort(key=lambda each: each.start)
    return found


def _of_the_organ(found: list[_Found], flat: str, organ: str) -> list[_Found]:
    """A sentence's figures, those of another organ as parts: 城南街道收到申请8件、办结8件, until 我局 is spoken of."""
    kept: list[_Found] = []
    others, until = False, 0
    for key, start, end, number in sorted(found, key=lambda each: each[1]):
        others = is_of_another_organ(flat[:start], organ) or (others and not _OWN.search(flat, until, start))
        kept.append((f"{key}_part" if others and not key.endswith("_part") else key, start, end, number))
        until = end
    return kept


def _scope(flat: str, start: int, end: int, government: bool) -> Scope | None:
    """Whose figure it is: by its clause, else by the words before it (全市收到300件,其中市政府办公室收到30件)."""
    clause = _clause(flat, start, end)
    told = sentence_scope(clause, government) or sentence_scope(flat[:end], government)
    return "organ" if told is None and government and is_of_one_organ(flat[:start]) else told


def _context(title: str, text: str, start: int) -> str:
    """What a sentence stands under: the section's title, the line that heads its paragraph, what the paragraph said."""
    line = text.rfind("\n", 0, start) + 1
    above = text[:line].rstrip("\n").rpartition("\n")[2]
    return "\n".join((title, above if len(above) <= LONGEST_HEADING else "", text[line:start]))


def _flat(text: str, offset: int) -> tuple[str, Sequence[int]]:
    """The sentence without white space, and where each of its characters stands in the section."""
    if not any(map(str.isspace, text)):
        return text, range(offset, offset + len(text))
    places = [offset + at for at, char in enumerate(text) if not char.isspace()]
    return "".join(char for char in text if not char.isspace()), places


def _sentence(flat: str, context: Callable[[], str], year: int | None) -> list[_Found]:
    found: list[_Found] = []
    needed = asked()
    said = {word for word in needed if word in flat}  # each word once, and not for each rule that asks for it
    for at in sorted({at for word in said for at in needed[word]}):
        rule = rules()[at]
        if not said.isdisjoint(rule.unless_in_sentence):
            continue
        for pattern in rule.patterns:
            for match in pattern.finditer(flat):
                figure = _figure(rule, match, flat, context, year)
                if figure is not None:
                    found.append(figure)
    found = [_as_part(figure, found, flat) for figure in found]
    for key, none in nothing().items():
        if not any(each[0] == key for each in found):
            nil = none.search(flat)
            if nil:
                found.append((key, nil.start(), nil.end(), 0))
    return found


def _named_first(flat: str, context: Callable[[], str], year: int | None) -> list[_Found]:
    """The figures of 受理、答复分别为12件和10件, each read as if it stood alone.

    None of a list that counts one thing by ways, places or years (线上、线下收到申请分别为9件、3件).
    """
    found: list[_Found] = []
    for told in one_by_one(flat):
        read = [(each, _sentence(each.sentence, lambda: f"{context()}\n{flat}", year)) for each in told]
        alone = {  # a figure once, however many patterns find it
            (key, each.start, each.end, number)
            for each, figures in read
            for key, _, end, number in figures
            if end == len(each.sentence)
        }
        if len({key for key, *_ in alone}) == len(alone) == len(told):
            found += sorted(alone, key=lambda each: each[1])
    return found


def _as_part(figure: _Found, found: list[_Found], flat: str) -> _Found:
    """A figure behind 其中 as a part, where its whole stands before: 解读材料23篇,其中视频解读2个."""
    key, start, end, number = figure
    among = flat.rfind("其中", 0, start)
    whole = among > 0 and any(other == key and until <= among for other, _, until, _ in found)
    return (f"{key}_part", start, end, number) if whole else figure


def _figure(rule: Rule, match: re.Match[str], flat: str, context: Callable[[], str], year: int | None) -> _Found | None:
    """The figure that a match of a rule's pattern states; None where its clause says that it is another thing."""
    clause = without_organs(_clause(flat, match.start(), match.end()))
    if holds(clause, rule.unless) or not _of_these_years(match, year) or _in_a_name(flat, match):
        return None
    if holds(clause.partition(match[0])[0], rule.unless_before):
        return None
    if rule.of_disclosure and of_other_business(flat, match.end()):
        return None
    if rule.linked and not is_linked(match, flat, context, rule.linked == "close"):
        return None
    if rule.turns and not rule.turns.fit(flat[: match.start()]):
        return None
    if rule.told_of and not rule.told_of.search(flat) and not _is_told(rule, context()):
        return None
    when = period(flat, match.end(), year)
    if when == "planned":
        return None
    number = 0 if rule.zero else value(match)
    if number is None:
        return None
    key = rule.zero or rule.key
    if when != "year" and not key.startswith("carried"):
        key = f"{key}_{when}"
    elif key in ("received", "handled") and not rule.zero and _is_part(flat, match, year):
        key = f"{key}_part"
    return key, match.start(), match.end(), number


def _is_told(rule: Rule, context: str) -> bool:
    """Whether what stands above a sentence tells what it counts (依申请公开), and nothing else after that."""
    told = [each.end() for each in rule.told_of.finditer(context)] if rule.told_of else []
    return bool(told) and not (rule.told_last and of_other_business(context[told[-1] :], len(context)))


def _in_a_name(flat: str, match: re.Match[str]) -> bool:
    """Whether a figure stands in a document's name (《关于公布3件文件的通知》), and not behind it: 《临江公报》4期."""
    return "《" in flat and flat.rfind("《", 0, match.start()) > flat.rfind("》", 0, match.end())


def _is_part(flat: str, match: re.Match[str], year: int | None) -> bool:
    """Whether a figure is a part of one named before (其中网上申请8件), or of one of which others follow (书面申请2件、
    网上申请8件); with ,全年办结 a whole one begins, and whole are the reported year's within one of several years, and
    what was received beside what was carried over (其中新收9件、结转2件).
    """
    before = flat[: match.start()]
    among = before.rfind("其中")
    if among > 0 and (period(flat, among, year) == "cumulative" or _WITH_CARRIED.match(flat, among)):
        return False
    if _BY_A_WAY.search(match[0]) and _ANOTHER_WAY.match(flat, match.end()):
        return True
    return bool(_PART.search(before)) and not _WHOLE.search(before)


def _of_these_years(match: re.Match[str], year: int | None) -> bool:
    """Whether years that a carried figure names are the ones before and after the reported year."""
    words = match.groupdict()
    before, after = words.get("before"), words.get("after")
    if year is None:
        return before is None or match[0].startswith(before)
    return (before is None or int(before) == year - 1) and (after is None or int(after) == year + 1)


def _clause(flat: str, start: int, end: int) -> str:
    """The clause around a match, from comma to comma (、 is one)."""
    left = max(flat.rfind(",", 0, start), flat.rfind("、", 0, start), flat.rfind("(", 0, start),
               flat.rfind(":", 0, start))  # fmt: skip
    right = _CLAUSE_END.search(flat, end)
    return flat[left + 1 : right.start() if right else len(flat)]
