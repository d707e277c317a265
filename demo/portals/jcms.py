"""大汉 jcms and jpaas: /col/colNNN/index.html, /art/2025/1/24/art_NNN_ID.html; lists by data proxy (XML whose
first group stands in the page) or by the newer unit interface (JSON, nothing in the page)."""

from __future__ import annotations

import json
import zlib
from html import escape
from typing import ClassVar
from urllib.parse import parse_qs

from demo.editorial import Article, Column
from demo.portals.family import Family, Resource, Site, hexadecimal


class Jcms(Family):
    """Classic jpage: groups of three pages from dataproxy.jsp."""

    name: ClassVar[str] = "jcms"
    per_page: ClassVar[int] = 15

    def column_number(self, column: Column) -> int:
        """The column's number in the CMS."""
        above = "/".join(each.slug for each in (*self.columns[id(column)], column))
        return 10000 + zlib.crc32(above.encode()) % 90000

    def column_path(self, column: Column, page: int = 1) -> str:
        if column is self.root:
            return "/"
        path = f"/col/col{self.column_number(column)}/index.html"
        return path if page == 1 else f"{path}?uid={self.column_number(column) + 7}&pageNum={page}"

    def article_path(self, article: Article, column: Column) -> str:
        day = article.published
        return f"/art/{day.year}/{day.month}/{day.day}/art_{self.column_number(column)}_{article.number}.html"

    def file_path(self, article: Article, column: Column) -> str:
        assert article.file is not None
        return f"/module/download/downfile.jsp?classid=0&filename={hexadecimal(article)}.{article.file.kind}"

    def put_column(self, site: Site, above: tuple[Column, ...], column: Column) -> None:
        """The list's other pages have no address of their own."""
        super().put_column(site, above, column)
        for page in range(2, self.pages(column) + 1):
            path = self.column_path(column, page)
            site.pages.pop(path, None)
            site.minimum.discard(path)

    def item(self, article: Article, column: Column, path: str) -> str:
        line = super().item(article, column, path).strip()
        return line.replace("<span>", f'<b readlabel="{article.published}">').replace("</span>", "</b>")

    def records(self, column: Column, start: int, end: int) -> str:
        """The data proxy's records from start to end, both counted from 1."""
        path = self.column_path(column)
        shown = column.articles[start - 1 : end]
        return "".join(f"<record><![CDATA[{self.item(each, column, path)}]]></record>" for each in shown)

    def query(self, column: Column) -> str:
        """What the page's script sends to the data proxy."""
        number = self.column_number(column)
        return f"col=1&appid=1&webid=23&path=%2F&columnid={number}&sourceContentType=1&unitid={number + 7}"

    def listing(self, column: Column, page: int) -> str:
        path, number = self.column_path(column), self.column_number(column)
        group = self.per_page * 3
        more = f"/module/web/jpage/dataproxy.jsp?page=1&{self.query(column)}"
        after = f'<nextgroup><![CDATA[<a href="{more}"></a>]]></nextgroup>' if len(column.articles) > group else ""
        body = (
            f"{self.crumbs(column, path)}{self.side(column, path)}<h3>{column.name}</h3>\n"
            f'<div id="{number + 7}"><script type="text/xml"><datastore>{after}<recordset>'
            f"{self.records(column, 1, group)}</recordset></datastore></script></div>\n"
            f'<script>$("#{number + 7}").jpage({{totalRecord:{len(column.articles)},perPage:{self.per_page},'
            f"proxyUrl:'/module/web/jpage/dataproxy.jsp',jpageUrl:'{self.query(column)}'}});</script>"
        )
        return self.shell(f"{column.name}-{self.place.name}人民政府", body, path)

    def extra(self, site: Site) -> None:
        super().extra(site)
        by_number = {self.column_number(column): column for _, column in self.root.walk()}

        def proxy(path: str, query: str, body: bytes) -> Resource | None:
            if path != "/module/web/jpage/dataproxy.jsp":
                return None
            asked = parse_qs(f"{query}&{body.decode('ascii', 'replace')}")
            column = by_number.get(int(asked.get("columnid", ["0"])[0]))
            if column is None:
                return None
            first = int(asked.get("startrecord", ["1"])[0])
            last = int(asked.get("endrecord", [str(first + self.per_page * 3 - 1)])[0])
            total = len(column.articles)
            text = (
                f"<datastore><totalrecord>{total}</totalrecord><totalpage>{-(-total // self.per_page)}</totalpage>"
                f"<recordset>{self.records(column, first, min(last, total))}</recordset></datastore>"
            )
            return Resource(text.encode(), "text/html; charset=utf-8", self.stamp(self.now))

        site.dynamic = proxy
        for _, column in self.root.walk():
            if len(column.articles) > self.per_page * 3 and column.articles[0].kind == "report":
                site.unlisted_lists += -(-len(column.articles) // (self.per_page * 3)) - 1


class Jpaas(Jcms):
    """The newer interface: build/unit answers JSON that holds the list's HTML."""

    name: ClassVar[str] = "jpaas"
    unit: ClassVar[str] = "/api-gateway/jpaas-publish-server/front/page/build/unit"

    def article_path(self, article: Article, column: Column) -> str:
        return f"/art/{article.published.year}/art_{hexadecimal(article)}.html"

    def listing(self, column: Column, page: int) -> str:
        path, number = self.column_path(column), self.column_number(column)
        data = (
            f"{{'webId':'149','pageId':'{number}','parseType':'bulidstatic','pageType':'column','tagId':'当前栏目列表',"
            f"'tplSetId':'LWYUCb5A','rows':'{self.per_page}'}}"
        )
        body = (
            f"{self.crumbs(column, path)}{self.side(column, path)}<h3>{escape(column.name)}</h3>\n"
            f'<div class="list" id="unit{number}"></div><script src="/script/unit.js" url="{self.unit}" '
            f'querydata="{data}"></script>'
        )
        return self.shell(f"{column.name}-{self.place.name}人民政府", body, path)

    def extra(self, site: Site) -> None:
        Family.extra(self, site)
        by_number = {str(self.column_number(column)): column for _, column in self.root.walk()}

        def unit(path: str, query: str, body: bytes) -> Resource | None:
            asked = parse_qs(query)
            column = by_number.get(asked.get("pageId", [""])[0])
            if path != self.unit or column is None:
                return None
            page, rows = int(asked.get("pageNo", ["1"])[0]), int(asked.get("rows", [str(self.per_page)])[0])
            shown = column.articles[(page - 1) * rows : page * rows]
            html = "".join(self.item(each, column, self.column_path(column)) for each in shown)
            answer = {"success": True, "code": 200, "data": {"html": f"<ul>{html}</ul>", "total": len(column.articles)}}
            text = json.dumps(answer, ensure_ascii=False)
            return Resource(text.encode(), "application/json; charset=utf-8", self.stamp(self.now))

        site.dynamic = unit
        for _, column in self.root.walk():
            if column.articles and column.articles[0].kind == "report":
                site.unlisted_lists += self.pages(column)
