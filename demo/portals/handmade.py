"""A county's portal that fits no family: GB2312, addresses by query and by pinyin, a nested tree of organs and
years, columns that are the report itself, a report that stands among the notices."""

from __future__ import annotations

from typing import ClassVar

from demo.editorial import Article, Column
from demo.portals.family import Family


class Handmade(Family):
    """Written by somebody at the county, once."""

    name: ClassVar[str] = "handmade"
    encoding: ClassVar[str] = "gb2312"
    per_page: ClassVar[int] = 18

    def column_path(self, column: Column, page: int = 1) -> str:
        if column.page is not None:
            return f"/gk_{column.slug}.htm"
        path = f"/lanmu.asp?lm={column.slug}"
        return path if page == 1 else f"{path}&ye={page}"

    def article_path(self, article: Article, column: Column) -> str:
        return f"/neirong-{article.number}.htm"

    def file_path(self, article: Article, column: Column) -> str:
        assert article.file is not None
        return f"/xiazai.asp?wj={article.number}"

    def side(self, column: Column, path: str) -> str:
        root = next((each for each in self.root.children if each.slug == "gk"), None)
        if root is None or (column is not root and root not in self.columns[id(column)]):
            return super().side(column, path)
        return f'<div class="tree">{self._tree(root)}</div>\n'

    def _tree(self, column: Column) -> str:
        items = "".join(
            f'<li><a href="{self.column_path(child)}">{child.name.replace("年报", "年 报")}</a>'
            f"{self._tree(child) if child.children else ''}</li>"
            for child in column.children
        )
        return f"<ul>{items}</ul>"

    def item(self, article: Article, column: Column, path: str) -> str:
        day = f"{article.published:%m-%d}"
        return (
            f'<tr><td>·<a href="{self.article_path(article, column)}">{article.title}</a></td><td>[{day}]</td></tr>\n'
        )

    def box(self, items: str) -> str:
        return f'<table width="100%">\n{items}</table>'
