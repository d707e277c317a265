"""HTML as portals serve it: what a browser shows is what the document holds."""

import pytest

from reports.document import Grid
from reports.readers import read


def page(body, head="", **options):
    source = f"<html><head>{head}</head><body>{body}</body></html>".encode()
    (document,) = read(source, name="page.html", url="http://www.example.gov.cn/zwgk/nb/index.html", **options)
    return document


def texts(grid):
    return [[None if cell is None else cell.text for cell in row] for row in grid.rows]


def only_grid(body, **options):
    (grid,) = page(body, **options).grids
    return grid


def lines(document, **wanted):
    return [part.text for part in document.paragraphs if all(getattr(part, k) == v for k, v in wanted.items())]


def row(*cells):
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


FIGURES = row("规章", 1, 2, 3) + row("规范性文件", 4, 5, 6) + row("行政许可", 7, 8, 9)


def test_digits_split_over_spans_are_one_number_and_breaks_are_breaks():
    added = row("<span>1</span><span>6</span><o:p>&nbsp;</o:p>", "商业<br>企业", "<p>总</p><p>计</p>", "")
    assert texts(only_grid(f"<table>{FIGURES}{added}</table>"))[-1] == ["16", "商业\n企业", "总\n计", ""]


def test_blank_cells_stay_cells_and_notes_stay_text():
    added = row("&nbsp;", "<o:p> </o:p>", "22（其中修订16件）", "<sup>1</sup>5")
    assert texts(only_grid(f"<table>{FIGURES}{added}</table>"))[-1] == ["", "", "22（其中修订16件）", "[1]5"]


def test_words_wrap_in_the_source_not_on_the_page():
    document = page("<p>本年度收到的政府\n   信息公开申请</p>")
    assert lines(document) == ["本年度收到的政府信息公开申请"]


def test_layout_tables_are_layout_and_their_text_is_not_lost():
    inner = f"<table>{FIGURES}</table>"
    document = page(f"<table><tr><td><p>一、总体情况</p>{inner}<p>二、其他</p></td></tr><tr><td></td></tr></table>")
    outer, grid = document.grids
    assert outer.layout and not outer.nested and outer.index == 0
    assert grid.nested and not grid.layout and grid.index == 1
    assert texts(grid)[0] == ["规章", "1", "2", "3"]
    assert lines(document) == ["一、总体情况", "二、其他"]
    flow = [part.text if not isinstance(part, Grid) else part.index for part in document.flow]
    assert flow == [0, "一、总体情况", 1, "二、其他"]


def test_a_figure_in_a_table_of_its_own_is_read_in_the_outer_cell():
    added = row("行政处罚", "<table><tr><td>12</td></tr></table>", 1, 1)
    grid, *_ = page(f"<table>{FIGURES}{added}</table>").grids
    assert texts(grid)[-1] == ["行政处罚", "12", "1", "1"]


def test_hidden_tables_and_rows():
    hidden = f'<div style="DISPLAY: none"><table>{FIGURES}</table></div>'
    shown = f"<table>{FIGURES}<tr style='display:none'><td>旧</td><td>9</td></tr></table>"
    first, second = page(hidden + shown).grids
    assert first.hidden and not second.hidden
    assert len(second.rows) == 3
    assert second.uncertain == ["a hidden row was left out"]


def test_hidden_words_in_a_cell_are_not_its_text():
    added = row("<span hidden>9</span>5", "<i style='visibility:hidden'>1</i>2", 3, 4)
    assert texts(only_grid(f"<table>{FIGURES}{added}</table>"))[-1] == ["5", "2", "3", "4"]


def test_a_hidden_cell_takes_no_place():
    added = "<tr><td>a</td><td style='display:none'>9</td><td>1</td><td>2</td><td>3</td></tr>"
    assert texts(only_grid(f"<table>{FIGURES}{added}</table>"))[-1] == ["a", "1", "2", "3"]


def test_tables_in_comments_count_only_where_nothing_is_visible():
    commented = f"<!-- <table>{FIGURES}</table> -->"
    assert [grid.hidden for grid in page(f"<table>{FIGURES}</table>{commented}").grids] == [False]
    assert [grid.hidden for grid in page(f"<p>请稍候</p>{commented}").grids] == [True]
    escaped = FIGURES.replace("<", "&lt;").replace(">", "&gt;")
    assert [grid.hidden for grid in page(f"<textarea>&lt;table&gt;{escaped}&lt;/table&gt;</textarea>").grids] == [True]


def drawn(cells, tag="div"):
    return f"<{tag} class=r>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + f"</{tag}>"


ROWS = [
    ("信息内容", "本年制发件数", "现行有效件数"),
    ("规章", "1", "8"),
    ("行政规范性文件", "17", "347"),
    ("其他", "", "3"),
]


@pytest.mark.parametrize(
    "body",
    [
        "<p>二、情况</p><div class=table>" + "".join(drawn(cells) for cells in ROWS) + "</div><p>三、申请</p>",
        "<p>二、情况</p><div>"
        + "".join("<ul>" + "".join(f"<li><span>{cell}</span></li>" for cell in cells) + "</ul>" for cells in ROWS)
        + "</div><p>三、申请</p>",
        "<p>二、情况</p><div style='display:grid;grid-template-columns: repeat(2, 1fr) 90px'>"
        + "".join(f"<div>{cell}</div>" for cells in ROWS for cell in cells)
        + "</div><p>三、申请</p>",
        "<p>二、情况</p><div class=table><div class=thead>" + drawn(ROWS[0]) + "</div><div class=tbody>"
        + "".join(drawn(cells) for cells in ROWS[1:]) + "</div></div><p>三、申请</p>",
    ],
)  # fmt: skip
def test_tables_drawn_without_a_table(body):
    document = page(body)
    (grid,) = document.grids
    assert texts(grid) == [list(cells) for cells in ROWS]
    assert not grid.ruled and grid.uncertain
    assert lines(document) == ["二、情况", "三、申请"]


@pytest.mark.parametrize(
    ("style", "row", "cell"),
    [
        ("", " style='display:table-row'", " style='display: table-cell'"),
        ("<style>.line{display:table-row} .box{display:table-cell}</style>", " class=line", " class=box"),
        ("", " role=row", " role=cell"),
    ],
)
def test_rows_that_the_markup_says_are_rows_whatever_their_cells_hold(style, row, cell):
    rows = "".join(
        f"<div{row}>" + "".join(f"<div{cell}><div>{text[:2]}<br>{text[2:]}</div></div>" for text in cells) + "</div>"
        for cells in ROWS
    )
    (grid,) = page(f"{style}<p>二、情况</p><div>{rows}</div><p>三、申请</p>").grids
    assert [[text.replace("\n", "") for text in each] for each in texts(grid)] == [list(cells) for cells in ROWS]


FIGURES_AS_PRINTED = {
    "bare": ("12", "12"),
    "full-width": ("１２", "１２"),
    "split over elements": ("1<b>2</b>", "12"),
    "with its unit in an element": ("12<i>件</i>", "12件"),
    "with its sign in an element": ("<b>-</b>12", "-12"),
    "between spaces of all kinds": ("&nbsp;&emsp; 12\n&nbsp;", "12"),
    "with marks that nobody sees": ("&#8203;1&#8204;2件&#65279;", "12件"),
    "a dash": (" &nbsp;— ", "—"),
    "in a field": ("<input value=12>", "12"),
    "beside a comment": ("<!-- 5 -->12<!-- -->", "12"),
}


@pytest.mark.parametrize("written, shown", FIGURES_AS_PRINTED.values(), ids=FIGURES_AS_PRINTED)
@pytest.mark.parametrize("figures", [3, 4])
def test_four_figures_make_a_drawn_table_however_they_are_written(written, shown, figures):
    cells = [["信息内容", "本年制发"], *(["规章", written] for _ in range(figures))]
    grids = list(page("".join(drawn(each) for each in cells)).grids)
    assert [texts(grid)[1:] for grid in grids] == ([[["规章", shown]] * 4] if figures == 4 else [])


def test_what_is_not_text_is_not_read():
    document = page(
        "<script>var a='<p>x</p>'</script><style>p{}</style><noscript><p>y</p></noscript>"
        "<template>z</template><p>正文</p>"
    )
    assert lines(document) == ["正文"]


def test_parts_that_name_themselves_need_no_attribute():
    document = page("<nav><p>导航</p></nav><p>正文</p><footer><p>页脚</p></footer>")
    assert [part.region for part in document.paragraphs] == ["navigation", "body", "footer"]


def test_title_headings_meta_and_tagged_elements():
    document = page(
        "<h2>专栏</h2><ucaptitle>甲市年度报告</ucaptitle><publishtime>2024-01-17 10:00:00</publishtime>"
        "<div class='arti-title'>甲市</div>",
        head="<title> 甲市 -\n门户 </title><meta name=SiteName content=甲市><meta name='PubDate'content='2024-01-17'>"
        "<meta name=sitename content=乙>",
    )
    assert document.title == "甲市 - 门户"
    assert document.headings == ["甲市年度报告", "甲市", "专栏"]
    assert document.meta == [("sitename", "甲市"), ("pubdate", "2024-01-17"), ("sitename", "乙")]
    assert ("publishtime", "2024-01-17 10:00:00") in document.tagged


def test_links_frames_and_images_are_absolute():
    document = page(
        "<a href='./2024/t1.html' title=全称>年报<b>2024</b></a><a href='\n/x/y.pdf\n'>附件</a>"
        "<a href='javascript:void(0)'>打印</a>"
        "<iframe src='/web/viewer.html?file=%2Ffiles%2Fa.pdf'></iframe><img src=p1.jpg width=800 height='1100px'>"
        "<script>showPdf('../up/b.pdf')</script><iframe src='/web/viewer.html?file=%2Fdown%3Fid%3D7'></iframe>"
    )
    assert [(link.url, link.text, link.title) for link in document.links] == [
        ("http://www.example.gov.cn/zwgk/nb/2024/t1.html", "年报2024", "全称"),
        ("http://www.example.gov.cn/x/y.pdf", "附件", ""),
    ]
    assert document.frames == [
        "http://www.example.gov.cn/web/viewer.html?file=%2Ffiles%2Fa.pdf",
        "http://www.example.gov.cn/web/viewer.html?file=%2Fdown%3Fid%3D7",
        "http://www.example.gov.cn/files/a.pdf",
        "http://www.example.gov.cn/down?id=7",
        "http://www.example.gov.cn/zwgk/up/b.pdf",
    ]
    (image,) = document.images
    assert (image.url, image.width, image.height) == ("http://www.example.gov.cn/zwgk/nb/p1.jpg", 800, 1100)


def test_base_is_obeyed():
    document = page("<a href=a.html>x</a>", head="<base href='/other/'>")
    assert document.links[0].url == "http://www.example.gov.cn/other/a.html"


def test_regions_and_the_share_of_links():
    document = page(
        "<div class='nav'><a href=/>首页</a></div><div id=content><p>正文正文正文正文，见<a href=/x>此处</a></p></div>"
        "<div class=footer><p>主办：甲市人民政府 电话：0777-1234567</p></div>"
    )
    assert [(part.region, part.text[:2], part.linked) for part in document.paragraphs] == [
        ("navigation", "首页", 1.0),
        ("body", "正文", pytest.approx(2 / 12)),
        ("footer", "主办", 0.0),
    ]


@pytest.mark.parametrize("hidden", ["style='display:none'", "hidden", "style='visibility:hidden'"])
@pytest.mark.parametrize("part", ["<div class='share print' {}><p>分享到</p></div>", "<h3 {}>打印</h3>"])
def test_what_stands_below_a_hidden_part_of_the_page_is_of_no_part_of_it(part, hidden):
    document = page("<p>一、总体情况</p>" + part.format(hidden) + "<p>五、存在的主要问题</p><p>2024年1月17日</p>")
    below = [each for each in document.paragraphs if not each.hidden]
    assert [(each.text[:2], each.region, each.level) for each in below] == [
        ("一、", "body", None),
        ("五、", "body", None),
        ("20", "body", None),
    ]


def test_a_template_that_calls_everything_a_header_loses_no_text():
    document = page("<div class=header><p>" + "正文" * 200 + "</p></div>")
    assert {part.region for part in document.paragraphs} == {"body"}


def test_omitted_end_tags_and_stray_text_in_tables():
    grid = only_grid("<table><tr><td>规章<td>1<td>2<tr><td>其他<td>3<td>4<tr><td>总计<td>4<td>6</table>")
    assert texts(grid) == [["规章", "1", "2"], ["其他", "3", "4"], ["总计", "4", "6"]]


def test_a_foot_that_is_written_first_is_shown_last():
    grid = only_grid(f"<table><tfoot>{row('总计', 9, 9, 9)}</tfoot><tbody>{FIGURES}</tbody></table>")
    assert [cells[0] for cells in texts(grid)] == ["规章", "规范性文件", "行政许可", "总计"]


def test_unescaped_angle_brackets_in_running_text_stay():
    assert "年度报告格式" in lines(page("<p>根据<中华人民共和国政府信息公开工作年度报告格式>的要求</p>"))[0]


def test_nothing_is_read_from_an_error_page_that_calls_itself_pdf():
    (document,) = read(
        b"<html><body><h1>404 Not Found</h1></body></html>", name="a.pdf", content_type="application/pdf"
    )
    assert document.kind == "html" and document.headings == ["404 Not Found"]
