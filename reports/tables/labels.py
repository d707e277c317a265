"""The labels of the forms, matched through everything that print and paste do to them.

A text is folded (NFKC, radicals, traditional characters, white space and punctuation away) on both sides and looked up,
with and without its number and its bracketed notes; what is not found so may differ by a typing error, as long as no
second label is as near.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

import msgspec

import data
from reports.forms import form

Kind = Literal[
    "column", "column_group", "row", "group",  # table 3
    "kind", "figure", "paragraph", "content",  # table 2: its rows, its columns, 第二十条第…项, 信息内容
    "block", "outcome",  # table 4
]  # fmt: skip


class Label(msgspec.Struct, frozen=True):
    """A label of the forms that a text was found to be.

    ``number`` is the number that the text itself carried; ``exact`` is False for a match through a typing error;
    ``alias`` marks another printed form of the label (小计 for 总计).
    """

    kind: Kind
    key: str
    group: str = ""
    number: str = ""
    exact: bool = True
    alias: bool = False


@functools.cache
def _characters() -> dict[int, str | None]:
    table: dict[int, str | None] = {}
    for runs in data.load_yaml("forms/characters.yaml").values():
        for run in runs:
            table.update({ord(found): meant for found, meant in zip(run[::2], run[1::2], strict=True)})
    return table


_PUNCTUATION = re.compile(r"[^0-9A-Za-z.%\u3007\u3400-\u9fff]+|(?<![0-9])\.|\.(?![0-9])")


@functools.lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """A text for comparison: one spelling of each character, no white space, no punctuation."""
    return _PUNCTUATION.sub("", fold_characters(text))


def fold_characters(text: str) -> str:
    """NFKC, radicals and traditional characters folded; spaces and punctuation left."""
    return unicodedata.normalize("NFKC", text).translate(_characters())


_LONGEST = 160  # characters: the longest label with its group and note has fewer
_NOTE = re.compile(r"[(\[【（〔〈<](?![0-9一二三四五六七八九十]{1,2}[)\]】）〕〉>]).*?[)\]】）〕〉>]", re.DOTALL)
# what a folded heading counts, or in what, said without brackets: 本年收费金额 单位：万元, 总计数
_UNIT_NOTE = re.compile(r"(?<=..)(?:(?:(?<=金额)金额)?(?:单位)?(?:人民币)?(?:[百千]?万|亿|千)?元|[件人]?数量?)$")
_NOTE_BEGINS = re.compile(r"[(（\[【〔〈<﹙]")
_NUMBER = re.compile(r"^([0-9]{1,2}|[一二三四五六七八九十]{1,2})(?=.)")
_LATIN = re.compile(r"[A-Za-z][A-Za-z .,;:'’&/()-]+")  # the same in another language, beside or below
_OTHER_TIME = re.compile("[上去前往历][一1]?年|累计|半年|季度")
_NAMED_YEAR = re.compile(r"20[0-9]{2}年")
_BULLET = re.compile(r"^\W*(?:[(（]?\s*([0-9]{1,2}|[一二三四五六七八九十]{1,2})\s*[)）.．、,，:：])")


@functools.cache
def _known() -> dict[str, tuple[Label, ...]]:
    """Every folded spelling of every label, with and without its number."""
    known: dict[str, dict[tuple[str, str], Label]] = {}

    def add(text: str, label: Label) -> None:
        known.setdefault(fold(text), {}).setdefault((label.kind, label.key), label)

    applications, review = form("applications"), form("review")
    headings = data.load_yaml("forms/headings.yaml")
    groups = {group["key"]: group for group in applications["groups"]}
    for column in applications["columns"]:
        add(column["label"], Label("column", column["key"]))
        for alias in column.get("aliases", ()):
            add(alias, Label("column", column["key"], alias=True))
        if column.get("group"):  # 法人或其他组织-商业企业
            for text in (column["label"], *column.get("aliases", ())):
                for over in headings["organisations"]:
                    add(over + text, Label("column", column["key"]))
    for text in headings["column_groups"]:
        add(text, Label("column_group", text))
    for group in groups.values():
        for text in (group["label"], *group.get("aliases", ())):
            add(text, Label("group", group["key"]))
            add(group["number"] + text, Label("group", group["key"], number=fold(group["number"])))
    for row in applications["rows"]:
        key, within, number = row["key"], row.get("group", ""), str(row["number"])
        for alias, text in ((False, row["label"]), *((True, each) for each in row.get("aliases", ()))):
            for note in ("", row.get("note", "")):
                add(text + note, Label("row", key, within, alias=alias))
                add(number + text + note, Label("row", key, within, fold(number), alias=alias))
                if within:
                    outer = groups[within]
                    joined = Label("row", key, within, fold(number))
                    add(outer["number"] + outer["label"] + number + text + note, joined)
                    add(outer["label"] + text + note, joined)
                    add(outer["label"] + number + text + note, joined)
    for blocks in form("proactive")["generations"].values():
        for block in blocks:
            for text in (block["paragraph"], block["paragraph"].replace("二十条", "二十一条")):
                add(text, Label("paragraph", block["paragraph"]))
            for part, kind in (("rows", "kind"), ("columns", "figure")):
                for each in block[part]:
                    add(each["label"], Label(kind, each["key"]))  # type: ignore[arg-type]
                    for alias in each.get("aliases", ()):
                        add(alias, Label(kind, each["key"], alias=True))  # type: ignore[arg-type]
    for text in headings["content"]:
        add(text, Label("content", "content"))
    for row in review["rows"]:
        for text in (row["label"], *row.get("aliases", ())):
            add(text, Label("block", row["key"], row.get("group", "")))
            if row.get("group"):
                add(row["group"] + text, Label("block", row["key"], row["group"]))
    for text in headings["lawsuits"]:
        add(text, Label("block", "suit"))
    for outcome in review["columns"]:
        add(outcome["label"], Label("outcome", outcome["key"]))
        for alias in outcome.get("aliases", ()):
            add(alias, Label("outcome", outcome["key"], alias=True))
        for row in review["rows"]:  # 行政复议-结果维持
            for over in (row["label"], *row.get("aliases", ()), row.get("group", "") + row["label"]):
                for text in (outcome["label"], *outcome.get("aliases", ())):
                    add(over + text, Label("block", row["key"], row.get("group", "")))
                    add(over + text, Label("outcome", outcome["key"]))
    return {text: tuple(labels.values()) for text, labels in known.items()}


def spellings() -> Iterable[str]:
    """Every label of the forms as it is folded, with and without its number."""
    return _known().keys()


def spellings_of(kind: Kind, key: str | None) -> list[str]:
    """The folded spellings of one label; ``key`` None: of all labels of the kind."""
    return [
        text
        for text, labels in _known().items()
        if any(label.kind == kind and key in (None, label.key) for label in labels)
    ]


@functools.lru_cache(maxsize=8192)
def labels_of(text: str) -> tuple[Label, ...]:
    """The labels that a cell's text may be; several where the forms use a word twice (其他, 总计, 其他处理)."""
    if found := exact_labels(text):
        return found
    folded = fold(text)
    if not folded or len(folded) > _LONGEST or _NAMED_YEAR.search(folded):
        return ()  # 2022年新收 is no misprint of 本年新收: see named_years
    leading = _NUMBER.match(folded)
    number, bare = (leading[1], folded[leading.end() :]) if leading else ("", folded)
    for candidate in dict.fromkeys((bare, folded, fold(_NOTE.sub("", fold_characters(text))))):
        if (near := _nearest(candidate)) and not _tells_another_time(folded, near):
            return tuple(_numbered(label, number, exact=False) for label in near)
    return ()


def _tells_another_time(text: str, labels: tuple[Label, ...]) -> bool:
    """A heading of table 2 for another time than the label's: 上年处理决定数量 is no misprint of 本年处理决定数量."""
    return any(label.kind == "figure" for label in labels) and bool(_OTHER_TIME.search(text)) != any(
        label.key.endswith("last_year") for label in labels
    )


@functools.lru_cache(maxsize=8192)
def exact_labels(text: str) -> tuple[Label, ...]:
    """The labels that a text is without any typing error, with or without its number and its notes."""
    folded = fold(text)
    if not folded or len(folded) > _LONGEST:
        return ()
    known = _known()
    found = known.get(folded)
    if found is not None:
        return found
    if (leading := _NUMBER.match(folded)) and (found := known.get(folded[leading.end() :])):
        return tuple(_numbered(label, leading[1]) for label in found)
    if found := known.get(_UNIT_NOTE.sub("", folded)):
        return found
    if (over := _under_result().match(folded)) and (found := known.get(folded[over.end() :])):
        return tuple(label for label in found if label.group) or found
    if _LATIN.search(folded):  # 自然人 Natural person: no label of the forms has letters
        without = _LATIN.sub("", fold_characters(text))
        return exact_labels(without if without != text else _LATIN.sub("", folded))  # letters that spaces part
    if _NOTE_BEGINS.search(text):
        without = fold(_NOTE.sub("", fold_characters(text)))
        if found := known.get(without):
            return () if _tells_another_time(folded, found) else found
        if (leading := _NUMBER.match(without)) and (found := known.get(without[leading.end() :])):
            return tuple(_numbered(label, leading[1]) for label in found)
    if _LATIN.search(text) and (alone := _LATIN.sub(" ", text).strip()):
        return exact_labels(alone)
    return ()


@functools.cache
def _under_result() -> re.Pattern[str]:
    """The heading over all outcomes, before an outcome's own path: 三、本年度办理结果（三）不予公开1.属于国家秘密."""
    return re.compile("|".join(sorted(spellings_of("group", "result"), key=len, reverse=True)))


def _numbered(label: Label, number: str, exact: bool = True) -> Label:
    return Label(label.kind, label.key, label.group, number, exact, label.alias)


@functools.cache
def _by_length() -> tuple[frozenset[str], dict[int, list[tuple[str, frozenset[str], tuple[Label, ...]]]]]:
    """All characters of the labels, and the labels by their length."""
    lengths: dict[int, list[tuple[str, frozenset[str], tuple[Label, ...]]]] = {}
    for spelling, labels in _known().items():
        if len(spelling) >= 3:
            lengths.setdefault(len(spelling), []).append((spelling, frozenset(spelling), labels))
    return frozenset().union(*_known()), lengths


def _nearest(text: str) -> tuple[Label, ...]:
    """The one label that differs by a typing error or two; none where a second label is as near."""
    length = len(text)
    if length < 3 or text.isdigit():
        return ()
    allowed = 1 if length < 6 else 2 if length < 12 else 3
    alphabet, lengths = _by_length()
    letters = frozenset(text)
    if len(letters - alphabet) > allowed:
        return ()
    best: tuple[Label, ...] = ()
    best_distance, second = allowed + 1, allowed + 1
    best_identity: frozenset[tuple[str, str]] = frozenset()
    for near in range(length - allowed, length + allowed + 1):
        for spelling, known_letters, labels in lengths.get(near, ()):
            if len(letters - known_letters) > allowed or len(known_letters - letters) > allowed:
                continue
            away = distance(text, spelling, allowed)
            if away > allowed:
                continue
            identity = frozenset((label.kind, label.key) for label in labels)
            if away < best_distance:
                if best and not identity & best_identity:
                    second = best_distance
                best, best_distance, best_identity = labels, away, identity
            elif not identity & best_identity:
                second = min(second, away)
    return best if best and second > best_distance else ()


def distance(left: str, right: str, at_most: int) -> int:
    """Levenshtein distance, or ``at_most`` + 1 where it is larger."""
    previous = list(range(len(right) + 1))
    for row, char in enumerate(left, 1):
        current = [row]
        for column, other in enumerate(right, 1):
            current.append(min(previous[column] + 1, current[-1] + 1, previous[column - 1] + (char != other)))
        if min(current) > at_most:
            return at_most + 1
        previous = current
    return min(previous[-1], at_most + 1)


@functools.lru_cache(maxsize=2048)
def row_by_piece(text: str) -> str | None:
    """The key of the one row of table 3 whose label begins or ends with this piece (a label cut at a page break)."""
    piece = fold(text)
    piece = _NUMBER.sub("", piece)
    if len(piece) < 4:
        return None
    keys = {
        label.key
        for spelling, labels in _known().items()
        for label in labels
        if label.kind == "row" and (spelling.startswith(piece) or spelling.endswith(piece))
    }
    return keys.pop() if len(keys) == 1 else None
