"""The labels of contact data (电话, 邮编, 联系单位 …), as one pattern over half-width text: ``data/contact.yaml``."""

from __future__ import annotations

import functools
import re

import data
from reports.characters import without_spaces


@functools.cache
def words(key: str) -> re.Pattern[str]:
    """Any word of a list of ``data/contact.yaml``."""
    return re.compile("|".join(map(re.escape, data.load_yaml("contact.yaml")[key])))


@functools.cache
def label_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    """The labels with the colon behind them (group 2), and the kind of data that each names."""
    known = data.load_yaml("contact.yaml")
    keys = {label: key for key, labels in known["labels"].items() for label in labels}
    # 单位：某某局办公室 in a line of its own, 咨询：0571-…; elsewhere these are common words
    lines = dict.fromkeys(known["office_in_tables"], "office")
    signed = {label: key for key, labels in known["labels_before_signs"].items() for label in labels}
    before_signs = rf"(?:{_any(signed)})(?=\s*[:(])"
    in_lines = rf"(?:^|(?<=\n))\s*(?:{_any(lines)})(?=\s*:)"
    pattern = rf"({_any(keys)}|{before_signs}|{in_lines})(?:名称)?(?:如下)?\s*[)\]】]?\s*(?:为|是)?\s*([::;]|)"
    every = lines | signed | keys
    begins = re.escape("".join(sorted({label[0] for label in every})))  # asked first: no place is asked for each label
    return re.compile(rf"(?=[{begins}\s]){pattern}"), every


def _any(labels: dict[str, str]) -> str:
    return "|".join(map(_spaced, sorted(labels, key=len, reverse=True)))


def _spaced(label: str) -> str:
    """A label's pattern, with white space between its characters; 某某局办公室 电话 is an office and a label."""
    if label.isascii():
        return re.escape(label)
    first, *rest = map(re.escape, label)
    if label.startswith("办公室"):
        first += f"(?<![一-鿿]{first})"  # behind the first letter: a pattern that begins with letters is found faster
    return r"\s*".join((first, *rest))


def tells_an_office(line: str) -> bool:
    """Whether a short line names the office after its label (受理机构: 某某局办公室), above the numbers."""
    pattern, keys = label_pattern()
    match = pattern.search(line[:24])
    return len(line) <= 60 and match is not None and bool(match[2]) and keys[without_spaces(match[1])] == "office"
