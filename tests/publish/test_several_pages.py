"""A figure from a further page of a report is found again: on the page as it was read, with all its pages."""

from __future__ import annotations

from pathlib import Path

from pipelines.store import Store
from pipelines.store.whole import FURTHER
from publish import archived, replayed
from tests.pipelines import portal_desk

FIRST = "http://www.shuyang.gov.cn/nb/t1.html"


def test_the_cell_of_a_figure_on_a_further_page_is_marked(tmp_path: Path) -> None:
    page = portal_desk.page(portal_desk.report()).decode()
    start, end = page.index("<table"), page.index("</table>") + len("</table>")
    turn = "<a href='t1_1.html'>下一页</a></div></body></html>"
    with portal_desk.crawl(tmp_path) as visit:
        first = visit.get(FIRST, (page[:end] + turn).encode())
        visit.get(
            "http://www.shuyang.gov.cn/nb/t1_1.html", (page[:start] + page[end:]).encode(), via=FIRST, rule=FURTHER
        )
    with Store.open(tmp_path) as store:
        store.catch_up()
        ((report, verdict),) = store.connection.execute("SELECT id, verdict FROM report")
        assert verdict == "verified"
        row = archived.capture_row(store.connection, first.id)
        assert row is not None
        located = archived.locate(store.connection, row, report, "applications_new_received_total")
        alone = archived.body_of(store.connection, tmp_path, row)
        read = archived.as_read(store.connection, tmp_path, row)
        assert located.cell is not None
        assert not replayed.page_with_mark(store.connection, row, alone, located.cell)[1]
        assert replayed.page_with_mark(store.connection, row, read, located.cell)[1]
