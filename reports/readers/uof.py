"""UOF text (标文通, GB/T 20916) to a ``Document``: WPS, Yozo and LibreOffice write it, as ``.uot`` or ``.uof``.

Its elements have Chinese names (``字:文字表``, ``字:行``, ``字:单元格``); the second edition puts a number behind each
(``字:行_41CD``) and packs the parts into a zip. Of how its text looks only that is asked which takes figures away:
deleted, hidden, struck, raised, white.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any, Final

from reports.document import Document, ReaderProblem
from reports.readers.flow import Line, Table, TableCell, lay_out
from reports.readers.marks import OBJECT, Printed, doubted, tell
from reports.readers.package import LARGEST_XML, Package, PackageError, parse_xml
from reports.readers.paper import is_paper
from reports.readers.typeset import fold

_CONTENT: Final = ("content.xml", "styles.xml", "objectdata.xml", "graphics.xml")
_NUMBER = re.compile(r"_[0-9A-F]{4}$")
_NOT_PRINTED: Final = ("段落属性", "句属性", "文字表属性", "表行属性", "单元格属性", "节属性", "脚注", "尾注", "批注",
                       "域代码")  # fmt: skip
_BREAKS: Final = {"换行符": "\n", "分页符": "\n", "制表符": " ", "空格符": " "}
_BOXES: Final = ("锚点",)
_OFF: Final = ("", "none", "false", "0")


@dataclass(frozen=True, slots=True)
class _Look:
    hidden: bool = False
    struck: bool = False
    raised: bool = False
    white: bool = False


def read_uof(source: bytes, url: str | None = None) -> Document:
    """The text as a document."""
    document = Document("doc", address=url)
    try:
        roots = _roots(source)
    except PackageError as error:
        document.problems.append(ReaderProblem("damaged", str(error)))
        return document
    reader = _Reader()
    for root in roots:
        for style in root.iter():
            reader.note_style(style)
    found: list[Line | Table] = []
    for root in roots:
        for body in (each for each in root.iter() if _name(each) == "主体"):
            reader.collect(body, found, nested=False)
    if not found:
        message = "the file holds no text of UOF: of its workbooks and slides nothing is read"
        document.problems.append(ReaderProblem("unsupported", message))
    lay_out(found, document)
    tell(document, revised=reader.revised, struck=reader.struck)
    return document


def _roots(source: bytes) -> list[Any]:
    if source[:2] != b"PK":
        if len(source) > LARGEST_XML:
            raise PackageError(f"the file has {len(source)} bytes")
        return [parse_xml(source, "the file")]
    package = Package(source)
    return [package.xml(name) for name in _CONTENT if name in package]


def _name(element: Any) -> str:
    tag: str = element.tag
    return _NUMBER.sub("", tag[tag.rfind("}") + 1 :])


def _get(element: Any, name: str) -> str:
    """An attribute, whatever its namespace and number."""
    for key, value in element.items():
        if _NUMBER.sub("", key[key.rfind("}") + 1 :]) == name:
            return str(value)
    return ""


def _below(element: Any, name: str) -> Any:
    return next((each for each in element if _name(each) == name), None)


@dataclass(slots=True)
class _Reader:
    styles: dict[str, _Look] = field(default_factory=dict)
    tables: int = 0
    revised: bool = False
    struck: bool = False
    _deleted: set[str] = field(default_factory=set)  # the marks of deletions that are open

    def note_style(self, element: Any) -> None:
        """Takes in a style of runs or paragraphs."""
        if (name := _name(element)) in ("句式样", "段落式样"):
            base = self.styles.get(_get(element, "基式样引用"), _Look())
            properties = _below(element, "句属性") if name == "段落式样" else element
            if (key := _get(element, "标识符")) and properties is not None:
                self.styles[key] = self._look(properties, base)

    def _look(self, properties: Any, base: _Look) -> _Look:
        look = self.styles.get(_get(properties, "式样引用"), base)
        for each in properties:
            name = _name(each)
            said = _get(each, "值") or _get(each, "类型") or (each.text or "").strip()
            if name == "隐藏文字" or name == "是否隐藏文字":
                look = replace(look, hidden=said not in _OFF)
            elif name == "删除线":
                look = replace(look, struck=said not in _OFF)
            elif name == "上下标" or name == "上下标类型":
                look = replace(look, raised=said not in _OFF)
            elif name == "字体" and (colour := _get(each, "颜色")):
                look = replace(look, white=is_paper(colour))
        return look

    def collect(self, parent: Any, found: list[Line | Table], *, nested: bool) -> None:
        """The paragraphs and tables below an element, in order."""
        for child in parent:
            name = _name(child)
            if name == "段落":
                self._paragraph(child, found, nested=nested)
            elif name == "文字表":
                found.append(self._table(child, nested=nested))
            elif name not in _NOT_PRINTED:
                self._mark(child, name)
                self.collect(child, found, nested=nested)

    def _mark(self, element: Any, name: str) -> None:
        if name == "修订开始" and _get(element, "类型") == "delete":
            self._deleted.add(_get(element, "标识符"))
            self.revised = True
        elif name == "修订结束":
            self._deleted.discard(_get(element, "开始标识引用"))

    def _paragraph(self, element: Any, found: list[Line | Table], *, nested: bool) -> None:
        printed = Printed(nested)
        properties = _below(element, "段落属性")
        look = self.styles.get(_get(properties, "式样引用"), _Look()) if properties is not None else _Look()
        inner = _below(properties, "句属性") if properties is not None else None
        boxes: list[Any] = []
        self._words(element, printed, self._look(inner, look) if inner is not None else look, boxes)
        self.struck = self.struck or printed.struck
        if text := fold(printed.text()):
            found.append(Line(text))
        if boxes and nested:
            found.append(Line(OBJECT))

    def _words(self, parent: Any, printed: Printed, look: _Look, boxes: list[Any]) -> None:
        for child in parent:
            name = _name(child)
            if name == "句":
                properties = _below(child, "句属性")
                self._words(child, printed, self._look(properties, look) if properties is not None else look, boxes)
            elif name == "文本串":
                if child.text and not look.hidden and not self._deleted:
                    text = doubted(child.text) if look.white else child.text
                    printed.add(text, raised=look.raised, struck=look.struck)
            elif name in _BREAKS:
                printed.add(_BREAKS[name])
            elif name in _BOXES:
                boxes.append(child)
            elif name not in _NOT_PRINTED:
                self._mark(child, name)
                self._words(child, printed, look, boxes)

    def _table(self, element: Any, *, nested: bool) -> Table:
        table = Table(self.tables, nested=nested)
        self.tables += 1
        for row in (each for each in element if _name(each) == "行"):
            cells: list[TableCell] = []
            for element_of_cell in (each for each in row if _name(each) == "单元格"):
                properties = _below(element_of_cell, "单元格属性")
                cell = TableCell(colspan=_span(properties, "跨列"), rowspan=_span(properties, "跨行"))
                self.collect(element_of_cell, cell.blocks, nested=True)
                cell.close()
                cells.append(cell)
            if any(cell.text or cell.blocks for cell in cells) or not self._deleted:
                table.rows.append(cells)
        table.close()
        return table


def _span(properties: Any, name: str) -> int:
    element = _below(properties, name) if properties is not None else None
    said = (_get(element, "值") or (element.text or "").strip()) if element is not None else ""
    return min(max(int(said), 1), 1000) if said.isdecimal() else 1
