"""开普 UCAP: /slug/YYYYMM/32hex.shtml, list_2.shtml is page 2, lists inside an HTML comment, PubDate is the time of the
page's generation, a metadata table above the text."""

from __future__ import annotations

from html import escape
from typing import ClassVar

from demo.editorial import Article, Column
from demo.portals.family import Family, hexadecimal


class Ucap(Family):
    """The usual UCAP portal."""

    name: ClassVar[str] = "ucap"
    per_page: ClassVar[int] = 10

    def column_path(self, column: Column, page: int = 1) -> str:
        above = [each for each in self.columns[id(column)] if each.host is not None]
        site = above[0].slug if above else (column.slug if column.host else self.place.slug)
        slug = column.slug if not column.host else "index"
        if column.host is not None:
            return f"/{site}/{slug}.shtml"
        return f"/{site}/{slug}/" + ("list.shtml" if page == 1 else f"list_{page}.shtml")

    def article_path(self, article: Article, column: Column) -> str:
        folder = self.column_path(column).rsplit("/", 1)[0]
        return f"{folder}/{article.published:%Y%m}/{hexadecimal(article)}.shtml"

    def item(self, article: Article, column: Column, path: str) -> str:
        line = super().item(article, column, path)
        return line.replace("<span>", "<b>").replace("</span>", "</b>")

    def box(self, items: str) -> str:
        return f'<ul class="jytxxgklist"><!-- {items} --></ul>'

    def pager(self, column: Column, page: int, pages: int, path: str) -> str:
        total = len(column.articles)
        return (
            f"<div id=\"page_div\"></div><script>createPageHTML('page_div',{pages}, {page},"
            f"'list','shtml',{total});</script>"
        )

    def article(self, article: Article, column: Column) -> str:
        path = self.article_path(article, column)
        made = f"{self.now} 03:15:42"
        meta = (
            f'<meta name="ColumnName" content="{column.name}">\n'
            f'<meta name="ArticleTitle" content="{escape(article.title)}">'
            f'<meta name="PubDate" content="{made}">\n<meta name="others" content="页面生成时间 {made}">\n'
        )
        index = f"{article.number}/{article.published.year}-00{article.number % 1000:03d}"
        table = (
            f'<table class="xxgk_table"><tr><td>索引号</td><td>{index}</td><td>分类</td><td>{column.name}</td></tr>'
            f"<tr><td>发布机构</td><td>{article.source}</td><td>公开日期</td><td>{article.published}</td></tr>"
            f"<tr><td>文号</td><td>〔〕号</td><td>关键词</td><td>政府信息公开</td></tr></table>\n"
        )
        body = (
            f"{self.crumbs(column, path)}{table}<h1><ucaptitle>{escape(article.title)}</ucaptitle></h1>\n"
            f"<div>发布时间：<publishtime>{article.published} 16:08:00</publishtime> "
            f"来源：<ucapsource>{article.source}"
            f'</ucapsource></div>\n<div id="zoomcon"><ucapcontent>'
            f"{self.content(article, column, path)}</ucapcontent></div>"
        )
        return self.shell(article.title, body, path, meta)
