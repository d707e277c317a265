"""What all families share: a site as addresses with their answers, the page around an article, lists and pagers.

A family overrides how addresses look and how its templates write a list and an article.
"""

from __future__ import annotations

import functools
import hashlib
import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html import escape
from typing import ClassVar

import data
from demo.editorial import MEDIA_TYPES, Article, Column
from demo.organs import Place


@dataclass
class Resource:
    """What a server answers at one address. ``body`` may be made when it is asked for, in large sites."""

    body: bytes | Callable[[], bytes]
    media_type: str
    modified: datetime
    status: int = 200
    location: str | None = None

    def content(self) -> bytes:
        """The bytes."""
        return self.body if isinstance(self.body, bytes) else self.body()


@dataclass
class Truth:
    """A report on the site: where its page is (``page``), where its figures are (``path``: the page or its file)."""

    article: Article
    path: str
    page: str
    column: str


@dataclass
class Site:
    """All addresses of a portal in one state, and what a perfect crawl would find."""

    pages: dict[str, Resource] = field(default_factory=dict)
    reports: list[Truth] = field(default_factory=list)
    minimum: set[str] = field(default_factory=set)  # what an all-knowing client needs: lists and reports
    dynamic: Callable[[str, str, bytes], Resource | None] = lambda path, query, body: None  # interfaces behind lists
    unlisted_lists: int = 0  # requests to such interfaces that the all-knowing client needs


class Family:
    """A plain portal. Subclasses override the addresses and templates that they do otherwise."""

    name: ClassVar[str] = "plain"
    encoding: ClassVar[str] = "utf-8"
    per_page: ClassVar[int] = 15
    robots: ClassVar[str] = "User-agent: *\nDisallow: /search/\nDisallow: /admin/\nCrawl-delay: 0.01\n"

    def __init__(self, place: Place, root: Column, *, now: date, lazy: bool = False) -> None:
        self.place, self.root, self.now, self.lazy = place, root, now, lazy
        self.columns = {id(column): above for above, column in root.walk()}

    # addresses

    def column_path(self, column: Column, page: int = 1) -> str:
        """The address of a column's list; pages count from 1."""
        above = [each.slug for each in (*self.columns[id(column)], column) if each.slug]
        folder = "/" + "".join(f"{slug}/" for slug in above)
        return folder if page == 1 else f"{folder}index_{page}.html"

    def article_path(self, article: Article, column: Column) -> str:
        """The address of an article that stands in a column."""
        return f"{self.column_path(column)}{article.number}.html"

    def file_path(self, article: Article, column: Column) -> str:
        """The address of an article's attachment."""
        assert article.file is not None
        return f"{posixpath.dirname(self.article_path(article, column))}/{article.number}.{article.file.kind}"

    # templates

    def shell(self, title: str, body: str, path: str, meta: str = "") -> str:
        """The page around everything: head, navigation, footer."""
        menu = "".join(
            f'<li><a href="{self.link(path, self.column_path(child))}">{child.name}</a></li>'
            for child in self.root.children
            if child.host is None
        )
        operator = self.place.organs[0]
        return (
            f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="{self.encoding}">\n'
            f"<title>{escape(title)}</title>\n"
            f'<meta name="SiteName" content="{self.place.name}人民政府门户网站">\n{meta}'
            f'<link rel="stylesheet" href="/images/style.css"></head>\n<body>\n'
            f'<div class="header"><h2>{self.place.name}人民政府</h2><ul class="menu"><li><a href="/">首页</a></li>'
            f"{menu}"
            f'<li><a href="/search/?q=">站内搜索</a></li></ul></div>\n'
            f'<div class="main">\n{body}\n</div>\n'
            f'<div class="footer"><p>主办：{operator.name}　承办：{operator.contact.name}　政务服务热线：12345</p>'
            f"<p>网站运行维护电话：{self.place.organs[1].contact.phone[:5]}5559999　"
            f'<a href="http://www.gov.example/">国务院门户</a>　'
            f'<a href="/about/contact.html">联系我们</a></p>'
            "<p>本站是软件演示用的虚构门户，除注明者外内容均为虚构。</p></div>\n</body></html>\n"
        )

    def link(self, source: str, target: str) -> str:
        """How a page at ``source`` writes a link to ``target``: from the root, or relative in some families."""
        return target

    def crumbs(self, column: Column, path: str) -> str:
        """Where the page stands: 首页 > 政府信息公开 > 年报."""
        above = [each for each in (*self.columns[id(column)], column) if each is not self.root]
        links = "".join(f' &gt; <a href="{self.link(path, self.column_path(each))}">{each.name}</a>' for each in above)
        return f'<div class="position">您现在的位置：<a href="/">首页</a>{links}</div>\n'

    def side(self, column: Column, path: str) -> str:
        """The navigation at the left: the children, or else the column's siblings."""
        above = self.columns[id(column)]
        shown = column.children or (above[-1].children if above else [])
        items = "".join(
            f'<li><a href="{self.link(path, self.column_path(each))}">{each.name}</a></li>'
            for each in shown
            if each.host is None
        )
        return f'<ul class="leftnav">{items}</ul>\n'

    def item(self, article: Article, column: Column, path: str) -> str:
        """One line of a list."""
        target = self.link(path, self.article_path(article, column))
        shown = article.title if len(article.title) < 30 else article.title[:28] + "…"
        return (
            f'<li><a href="{target}" title="{escape(article.title)}" target="_blank">{escape(shown)}</a>'
            f"<span>{article.published}</span></li>\n"
        )

    def box(self, items: str) -> str:
        """What stands around a list's lines."""
        return f'<ul class="list">\n{items}</ul>'

    def pager(self, column: Column, page: int, pages: int, path: str) -> str:
        """How the list leads to its other pages."""
        if pages == 1:
            return ""
        links = "".join(f'<a href="{self.column_path(column, n)}">{n}</a> ' for n in range(1, pages + 1))
        after = f'<a href="{self.column_path(column, page + 1)}">下一页</a>' if page < pages else ""
        return f'<div class="page">共{pages}页 {links}{after}</div>'

    def listing(self, column: Column, page: int) -> str:
        """A list page."""
        path = self.column_path(column, page)
        pages = self.pages(column)
        shown = column.articles[(page - 1) * self.per_page : page * self.per_page]
        items = "".join(self.item(article, column, path) for article in shown)
        body = (
            f"{self.crumbs(column, path)}{self.side(column, path)}<h3>{column.name}</h3>\n"
            f"{self.box(items)}\n{self.pager(column, page, pages, path)}"
        )
        return self.shell(f"{column.name}-{self.place.name}人民政府", body, path)

    def content(self, article: Article, column: Column, path: str) -> str:
        """The article's text, or the link to its file."""
        if article.file is None:
            return article.text()
        target = self.link(path, self.file_path(article, column))
        return f'<p>附件：<a href="{target}">{escape(article.file.name)}</a></p>\n'

    def article(self, article: Article, column: Column) -> str:
        """An article's page."""
        path = self.article_path(article, column)
        body = (
            f"{self.crumbs(column, path)}<h1>{escape(article.title)}</h1>\n"
            f'<div class="info">发布时间：{article.published}　来源：{article.source or self.place.name}</div>\n'
            f'<div class="article-content">{self.content(article, column, path)}</div>'
        )
        return self.shell(article.title, body, path)

    def home(self) -> str:
        """The portal's home page: the menu, some news, quick links."""
        blocks = []
        for child in self.root.children:
            lists = [each for _, each in child.walk() if each.articles and each.articles[0].kind != "report"][:2]
            for column in lists:
                items = "".join(self.item(article, column, "/") for article in column.articles[:8])
                more = f'<a class="more" href="{self.column_path(column)}">更多&gt;&gt;</a>'
                blocks.append(f'<div class="block"><h3>{column.name}{more}</h3><ul>{items}</ul></div>')
        return self.shell(f"{self.place.name}人民政府门户网站", "\n".join(blocks) + self.quick_links(), "/")

    def quick_links(self) -> str:
        """Organs' sub-sites, at the foot of the home page."""
        hosts = [child for child in self.root.children if child.host is not None]
        links = "".join(f'<a href="{self.column_path(each)}">{each.name}</a> ' for each in hosts)
        return f'<div class="links">部门网站：{links}</div>' if links else ""

    # the site

    def pages(self, column: Column) -> int:
        """How many pages a column's list has."""
        return max(1, -(-len(column.articles) // self.per_page))

    def site(self) -> Site:
        """All addresses with their answers."""
        site = Site()
        self.put(site, "/", self.home)
        site.pages["/robots.txt"] = Resource(self.robots.encode(), "text/plain", self.stamp(self.now))
        site.pages["/images/style.css"] = Resource(
            data.path("demo/style.css").read_bytes(), "text/css", self.stamp(self.now)
        )
        for above, column in self.root.walk():
            if column is not self.root:
                self.put_column(site, above, column)
        self.extra(site)
        return site

    def put_column(self, site: Site, above: tuple[Column, ...], column: Column) -> None:
        """A column's list pages and articles."""
        on_the_way = any(each.kind == "report" for _, below in column.walk() for each in below.articles)
        if column.page is not None:
            self.put_page(site, column)
            return
        newest = max((self.touched(each) for each in column.articles), default=date(2019, 1, 1))
        for page in range(1, self.pages(column) + 1):
            path = self.column_path(column, page)
            self.put(site, path, functools.partial(self.listing, column, page), newest)
            if on_the_way:
                site.minimum.add(path)
        for article in column.articles:
            self.put_article(site, article, column)

    def put_page(self, site: Site, column: Column) -> None:
        """A column that is one page: a guide, or a report."""
        assert column.page is not None
        path, page = self.column_path(column), column.page

        def written() -> str:
            body = f"{self.crumbs(column, path)}<h1>{escape(page.title)}</h1>\n<div class='content'>{page.text()}</div>"
            return self.shell(page.title, body, path)

        self.put(site, path, written, self.touched(page))
        if page.kind == "report":
            site.reports.append(Truth(page, path, path, path))
            site.minimum.add(path)

    def put_article(self, site: Site, article: Article, column: Column) -> None:
        """An article and its file."""
        page = path = self.article_path(article, column)
        self.put(site, page, lambda: self.article(article, column), self.touched(article))
        if article.file is not None:
            path = self.file_path(article, column)
            stamp = self.stamp(self.touched(article))
            site.pages[path] = Resource(article.file.body, MEDIA_TYPES[article.file.kind], stamp)
        if article.kind == "report":
            site.reports.append(Truth(article, path, page, self.column_path(column)))
            site.minimum |= {page, path}

    def extra(self, site: Site) -> None:
        """Addresses beside columns and articles."""
        contact = self.place.organs[1].contact
        text = f"<h1>联系我们</h1><p>网站运维：{contact.phone[:5]}5559999</p>"
        self.put(site, "/about/contact.html", lambda: self.shell("联系我们", text, "/about/contact.html"))

    def put(self, site: Site, path: str, write: Callable[[], str], changed: date | None = None) -> None:
        """Put an HTML page at an address, written now or when it is asked for."""

        def body() -> bytes:
            return write().encode(self.encoding, "xmlcharrefreplace")

        media_type = f"text/html; charset={self.encoding}" if self.encoding != "gb2312" else "text/html"
        site.pages[path] = Resource(body if self.lazy else body(), media_type, self.stamp(changed or self.now))

    def touched(self, article: Article) -> date:
        """When the article was last changed."""
        return article.changed or article.published

    def stamp(self, day: date) -> datetime:
        """That day, at an hour that belongs to the portal."""
        return datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC)


def hexadecimal(article: Article) -> str:
    """32 hexadecimal digits that belong to the article."""
    return hashlib.md5(f"{article.number}".encode(), usedforsecurity=False).hexdigest()
