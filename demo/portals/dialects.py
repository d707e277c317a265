"""More families for the enlarged demo: 博达 (pages count down), the reversed pager of SASAC, 龙讯 (lists from a label
interface), gkmlpt of Guangdong (JSON only), and dialects whose addresses are ids, times and words."""

from __future__ import annotations

import json
import zlib
from html import escape
from typing import ClassVar
from urllib.parse import parse_qs

from demo.editorial import Article, Column
from demo.portals.family import Family, Resource, Site, hexadecimal


def _number(family: Family, column: Column) -> int:
    above = "/".join(each.slug for each in (*family.columns[id(column)], column))
    return 1000 + zlib.crc32(above.encode()) % 9000


class Boda(Family):
    """博达 VSB: /zwgk/nb.htm, then /zwgk/nb/3.htm counting down to 1; /info/1677/56001.htm."""

    name: ClassVar[str] = "boda"

    def column_path(self, column: Column, page: int = 1) -> str:
        if column is self.root:
            return "/"
        path = "/" + "/".join(each.slug for each in (*self.columns[id(column)], column) if each.slug)
        return f"{path}.htm" if page == 1 else f"{path}/{self.pages(column) - page + 1}.htm"

    def article_path(self, article: Article, column: Column) -> str:
        return f"/info/{_number(self, column)}/{article.number}.htm"

    def pager(self, column: Column, page: int, pages: int, path: str) -> str:
        if page == pages:
            return f'<span class="p_pages">共{len(column.articles)}条 {page}/{pages}</span>'
        after, last = self.column_path(column, page + 1), self.column_path(column, pages)
        return (
            f'<span class="p_pages">共{len(column.articles)}条 {page}/{pages} '
            f'<span class="p_next"><a href="{after}">下页</a></span>'
            f'<span class="p_last"><a href="{last}">尾页</a></span></span>'
        )

    def content(self, article: Article, column: Column, path: str) -> str:
        return f'<div id="vsb_content"><div class="v_news_content">{super().content(article, column, path)}</div></div>'


class Reversed(Family):
    """SASAC's pager: the newest page has no number, the second is index_CODE_15.html, fragments loaded by a script."""

    name: ClassVar[str] = "reversed"

    def column_path(self, column: Column, page: int = 1) -> str:
        if column is self.root:
            return "/"
        folder = f"/n{_number(self, column)}/n{_number(self, column) + 10000}/"
        if page == 1:
            return f"{folder}index.html"
        return f"{folder}index_{_number(self, column)}_{self.pages(column) - page + 1}.html"

    def article_path(self, article: Article, column: Column) -> str:
        folder = self.column_path(column).rsplit("/", 1)[0]
        return f"{folder}/c{article.number}/content.html"

    def listing(self, column: Column, page: int) -> str:
        if page == 1:
            return super().listing(column, page)
        path = self.column_path(column, page)
        shown = column.articles[(page - 1) * self.per_page : page * self.per_page]
        items = "".join(self.item(article, column, path) for article in shown)
        return f"<!--start component 内容全集(新闻列表内容b)-->\n{items}\n"

    def pager(self, column: Column, page: int, pages: int, path: str) -> str:
        code = _number(self, column)
        links = "".join(f"<a href='{self.column_path(column, n)}'></a>" for n in range(pages, 1, -1))
        return (
            f'<div id="comp_{code}"></div><script>var purl="{path.rsplit("/", 1)[0]}/index_{code}";\n'
            f"maxPageNum = {pages};\nif (maxPageNum>1){{ writePaging(); }}</script>\n"
            f"<div style='display:none'>{links}</div>"
        )


class Lonsun(Family):
    """龙讯: /public/column/ORG?type=4&action=list with the list from /site/label/8888, /public/ORG/ID.html."""

    name: ClassVar[str] = "lonsun"

    def column_path(self, column: Column, page: int = 1) -> str:
        if column is self.root:
            return "/"
        number = _number(self, column)
        if page == 1:
            return f"/public/column/{number}?type=4&action=list"
        return (
            f"/site/label/8888?labelName=publicInfoList&siteId=6791&organId={number}&catId={number}&type=4"
            f"&pageSize={self.per_page}&pageIndex={page}&file=/xxgk/publicInfoList_newest2020"
        )

    def article_path(self, article: Article, column: Column) -> str:
        return f"/public/{_number(self, column)}/{article.number}.html"

    def listing(self, column: Column, page: int) -> str:
        if page == 1:
            path, pages = self.column_path(column), self.pages(column)
            number = _number(self, column)
            first = "".join(self.item(each, column, path) for each in column.articles[: self.per_page])
            body = (
                f"{self.crumbs(column, path)}{self.side(column, path)}<h3>{column.name}</h3>\n"
                f'<div class="publicInfoList lonsun"><ul>{first}</ul></div>\n'
                f"<script>Ls.pagination({{el:'#page_public_info',total:{len(column.articles)},pageCount:{pages},"
                f"linkUrl:'/site/label/8888?labelName=publicInfoList&siteId=6791&organId={number}&catId={number}"
                f"&type=4&pageSize={self.per_page}&file=/xxgk/publicInfoList_newest2020&pageIndex='}});</script>"
            )
            return self.shell(f"{column.name}-{self.place.name}", body, path)
        shown = column.articles[(page - 1) * self.per_page : page * self.per_page]
        return f"<ul>{''.join(self.item(each, column, '/') for each in shown)}</ul>"

    def extra(self, site: Site) -> None:
        super().extra(site)
        by_number = {str(_number(self, column)): column for _, column in self.root.walk()}

        def label(path: str, query: str, body: bytes) -> Resource | None:
            asked = parse_qs(query)
            column = by_number.get(asked.get("organId", [""])[0])
            if path != "/site/label/8888" or column is None:
                return None
            page = int(asked.get("pageIndex", ["1"])[0])
            text = self.listing(column, page) if page > 1 else self._first(column)
            return Resource(text.encode(), "text/html; charset=utf-8", self.stamp(self.now))

        site.dynamic = label

    def _first(self, column: Column) -> str:
        shown = column.articles[: self.per_page]
        return f"<ul>{''.join(self.item(each, column, '/') for each in shown)}</ul>"


class Gkmlpt(Family):
    """Guangdong's platform: a tree in window._CONFIG, lists as JSON, /gkmlpt/content/4/4662/post_4662348.html."""

    name: ClassVar[str] = "gkmlpt"
    sid: ClassVar[str] = "755041"

    def column_path(self, column: Column, page: int = 1) -> str:
        if column is self.root:
            return "/"
        number = _number(self, column)
        if any(each.kind == "report" for _, below in column.walk() for each in below.articles):
            if not column.articles:
                return "/gkmlpt/index"
            return f"/gkmlpt/api/all/{number}?page={page}&sid={self.sid}"
        path = f"/{'/'.join(each.slug for each in (*self.columns[id(column)], column) if each.slug)}/"
        return path if page == 1 else f"{path}index_{page}.html"

    def article_path(self, article: Article, column: Column) -> str:
        number = article.number
        if article.kind == "report":
            return f"/gkmlpt/content/{number // 1000000}/{number // 1000}/post_{number}.html"
        return f"{self.column_path(column)}content/post_{number}.html"

    def link(self, source: str, target: str) -> str:
        return target if not target.startswith("/gkmlpt/api") else f"/gkmlpt/index#{target.split('/')[4].split('?')[0]}"

    def listing(self, column: Column, page: int) -> str:
        path = self.column_path(column, page)
        if path == "/gkmlpt/index":
            return self._index()
        if not path.startswith("/gkmlpt/api"):
            return super().listing(column, page)
        shown = column.articles[(page - 1) * self.per_page : page * self.per_page]
        answer = {
            "total": len(column.articles),
            "articles": [
                {"id": each.number, "title": each.title, "url": self.article_path(each, column), "post_url": "",
                 "created_at": f"{each.published} 09:00:00", "display_publish_time": f"{each.published}"}
                for each in shown
            ],
        }  # fmt: skip
        return json.dumps(answer, ensure_ascii=False)

    def put_column(self, site: Site, above: tuple[Column, ...], column: Column) -> None:
        super().put_column(site, above, column)
        for page in range(1, self.pages(column) + 1):
            found = site.pages.get(self.column_path(column, page))
            if found is not None and self.column_path(column, page).startswith("/gkmlpt/api"):
                found.media_type = "application/json"

    def _tree(self, column: Column) -> dict[str, object]:
        return {"id": _number(self, column), "name": column.name, "children": [self._tree(each) for each in
                column.children if each.page is None]}  # fmt: skip

    def _index(self) -> str:
        tree = [self._tree(child) for child in self.root.children if any(
            each.kind == "report" for _, below in child.walk() for each in below.articles)]  # fmt: skip
        config = json.dumps({"SID": self.sid, "TREE": tree}, ensure_ascii=False)
        body = f'<div id="app"></div><script>window._CONFIG = {config};</script>'
        return self.shell("政府信息公开目录", body, "/gkmlpt/index")


class Timestamps(Family):
    """兴安盟 and others: /zltq/2026-02/02/article_2026020215383939768.html; 下一页 by words only."""

    name: ClassVar[str] = "timestamps"

    def article_path(self, article: Article, column: Column) -> str:
        day = article.published
        return f"{self.column_path(column)}{day:%Y-%m/%d}/article_{day:%Y%m%d}{article.number:011d}.html"

    def pager(self, column: Column, page: int, pages: int, path: str) -> str:
        if page == pages:
            return "<div>上一页 下一页</div>"
        return f'<div><a href="{self.column_path(column, page + 1)}">下一页</a> <a>共{len(column.articles)}条</a></div>'


class Identifiers(Family):
    """陕西: 24 hexadecimal digits, N.html as pages, the total in a script; nothing in an address tells what it is."""

    name: ClassVar[str] = "identifiers"
    encoding: ClassVar[str] = "gb2312"

    def column_path(self, column: Column, page: int = 1) -> str:
        if column is self.root:
            return "/"
        return f"/{hexadecimal_of(self, column)}/" + ("" if page == 1 else f"{page}.html")

    def article_path(self, article: Article, column: Column) -> str:
        return f"/show/{hexadecimal(article)[:24]}.html"

    def pager(self, column: Column, page: int, pages: int, path: str) -> str:
        return f"<script>var totalPage = parseInt('{pages}'), curPage = {page};</script>" + super().pager(
            column, page, pages, path
        )


def hexadecimal_of(family: Family, column: Column) -> str:
    """Eight digits that belong to a column."""
    above = "/".join(each.slug for each in (*family.columns[id(column)], column))
    return f"{zlib.crc32(escape(above).encode()):08x}"
