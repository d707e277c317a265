"""TRS WCM: ./202501/t20250115_123456.html, relative links, createPageHTML(total, 0, "index", "html"), index_1.html is
page 2. And its dialect in Guangxi, where the article's name holds an id that looks like a date: t19691926.shtml."""

from __future__ import annotations

import posixpath
from html import escape
from typing import ClassVar

from demo.editorial import Article, Column
from demo.portals.family import Family


class Trs(Family):
    """The usual TRS portal."""

    name: ClassVar[str] = "trs"
    extension: ClassVar[str] = "html"
    per_page: ClassVar[int] = 12

    def column_path(self, column: Column, page: int = 1) -> str:
        folder = super().column_path(column)
        return folder if page == 1 else f"{folder}index_{page - 1}.{self.extension}"

    def article_path(self, article: Article, column: Column) -> str:
        day = article.published
        return f"{self.column_path(column)}{day:%Y%m}/t{day:%Y%m%d}_{article.number}.{self.extension}"

    def file_path(self, article: Article, column: Column) -> str:
        assert article.file is not None
        folder = posixpath.dirname(self.article_path(article, column))
        return f"{folder}/P0{article.published:%Y%m%d}{article.number:09d}.{article.file.kind}"

    def link(self, source: str, target: str) -> str:
        folder = source if source.endswith("/") else posixpath.dirname(source)
        relative = posixpath.relpath(target, folder or "/")
        relative += "/" if target.endswith("/") and not relative.endswith("/") else ""
        return relative if relative.startswith(".") else f"./{relative}"

    def pager(self, column: Column, page: int, pages: int, path: str) -> str:
        return f'<script>createPageHTML({pages}, {page - 1}, "index", "{self.extension}");</script>'

    def article(self, article: Article, column: Column) -> str:
        path = self.article_path(article, column)
        meta = (
            f'<meta name="ArticleTitle" content="{escape(article.title)}">\n'
            f'<meta name="PubDate" content="{article.published} 10:20">\n'
            f'<meta name="ColumnName" content="{column.name}">\n<meta name="ColumnType" content="政府信息公开">\n'
        )
        body = (
            f"{self.crumbs(column, path)}<h1 class='title'>{escape(article.title)}</h1>\n"
            f'<div class="info"><span>时间：{article.published} 10:20</span> '
            f"<span>来源：{article.source}</span></div>\n"
            f'<div class="trs_editor_view TRS_UEDITOR">{self.content(article, column, path)}</div>'
        )
        return self.shell(article.title, body, path, meta)

    def content(self, article: Article, column: Column, path: str) -> str:
        if article.file is None:
            return article.text()
        target = self.link(path, self.file_path(article, column))
        name = escape(article.file.name)
        return (
            f'<p class="insertfileTag"><img src="/images/icon_{article.file.kind}.gif">'
            f'<a appendix="true" href="{target}" title="{name}" download="{name}">{name}</a></p>'
        )


class TrsGuangxi(Trs):
    """t19691926.shtml: a number, not a date."""

    name: ClassVar[str] = "trs-guangxi"
    extension: ClassVar[str] = "shtml"

    def article_path(self, article: Article, column: Column) -> str:
        return f"{self.column_path(column)}t{article.number}.shtml"

    def file_path(self, article: Article, column: Column) -> str:
        assert article.file is not None
        return f"{self.column_path(column)}P0{article.number:014d}.{article.file.kind}"
