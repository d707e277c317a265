"""The nodes of menus and trees as scripts write them: ``{name: "年报", url: "/nb/"}``, ``["nb", "年报", "/nb/"]``,
``d.add(3, 1, '年度报告', 'list.jsp?id=3')``; and under which other node each stands."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import data

_TOKEN = re.compile(r"'((?:[^'\\\n]|\\.)*)'|\"((?:[^\"\\\n]|\\.)*)\"|([\[{(])|([\]})])|([;=])|(:)|([\w$-]+)")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ADDRESS = re.compile(r"(?:https?:/)?\.{0,2}/[^\s<>]*|[\w./!-]+\.(?:s?html?|jsp|aspx?|php|do|action)(?:\?\S*)?", re.I)
_ESCAPE = re.compile(r"\\(.)")
_LONGEST = 300  # characters of a text or an address
_UP = 6  # nodes above one


@dataclass(slots=True)
class Node:
    """One pair of brackets: what its first Chinese text says, its first address, and by which ids a tree joins it."""

    text: str = ""
    href: str = ""
    code: bool = False  # it holds statements: a function's body, not a node
    called: bool = True  # round brackets
    key: str = ""  # what stands before a colon
    given: dict[str, str] = field(default_factory=dict)
    values: list[str] = field(default_factory=list)
    above: Node | None = None

    def take(self, value: str, quoted: bool) -> None:
        """The next value among the brackets."""
        if self.key:
            self.given.setdefault(self.key.lower(), value)
            self.key = ""
        else:
            self.values.append(value)
        if not quoted or len(value) > _LONGEST:
            return
        if _ADDRESS.fullmatch(value):
            self.href = self.href or value
        elif _CHINESE.search(value) and "<" not in value:
            self.text = self.text or value

    def ids(self) -> tuple[str, str]:
        """Its own id and its parent's, by their names or as the first two values; empty where there are none."""
        if self.given:
            parent = next((self.given[name] for name in _parents() if name in self.given), "")
            return self.given.get("id", ""), parent
        own, parent = (*self.values, "", "")[:2]
        return (own, parent) if self.called and not _CHINESE.search(own + parent) else ("", "")


@functools.cache
def _parents() -> tuple[str, ...]:
    return tuple(str(each).lower() for each in data.load_yaml("discovery.yaml")["sources"]["parents"])


@functools.cache
def _yearly() -> re.Pattern[str]:
    return re.compile("|".join(data.load_yaml("discovery.yaml")["tree_headings"]))


def nodes(script: str) -> Iterator[tuple[str, str, str]]:
    """The nodes of a script that have a text and an address, and what stands above each: the nearest that speaks of
    yearly reports, else the next one."""
    found = list(_nodes(script))
    known = {own: node for node in found if (own := node.ids()[0])}
    for node in found:
        above = node.above
        if not node.text and above is not None and not (above.href or above.code):
            node.text = above.text  # {text: '教育局', attributes: {url: '/jyj/'}}
        if node.text and node.href and not node.code:
            yield node.text, node.href, _heading(node, known)


def _nodes(script: str) -> Iterator[Node]:
    open_ = [Node(code=True)]
    for token in _TOKEN.finditer(script):
        single, double, opens, closes, states, colon, word = token.groups()
        here = open_[-1]
        if single is not None or double is not None:
            here.take(_ESCAPE.sub(r"\1", single if single is not None else double).strip(), True)
        elif opens:
            here.key = ""
            open_.append(Node(called=opens == "(", above=here))
        elif closes and len(open_) > 1:
            yield open_.pop()
        elif states:
            here.code = True
        elif colon:
            here.key = here.values.pop() if here.values else ""
        elif word:
            here.take(word, False)


def _heading(node: Node, known: dict[str, Node]) -> str:
    above: list[str] = []
    for _ in range(_UP):
        parent = known.get(node.ids()[1]) if node.ids()[1] else None
        parent = parent if parent is not node else None
        around = node.above
        while parent is None and around is not None and not around.code:
            parent, around = (around if around.text else None), around.above
        if parent is None:
            break
        above.append(parent.text)
        node = parent
    return next((each for each in above if _yearly().search(each)), above[0] if above else "")
