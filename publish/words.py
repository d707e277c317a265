"""What templates can say: texts, labels, numbers, links that are safe whatever a portal wrote."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import markupsafe
from datasette.utils import tilde_encode

from publish import codebook, explain, language, messages, site
from reports import forms
from reports.record import Table


def t(key: str, **values: object) -> str:
    """The site's text in the reader's language."""
    return language.text(key, None, **values)


def web_link(address: str | None) -> markupsafe.Markup:
    """A scraped address: a link if it is http or https, else text. Never ``javascript:``; the target learns nothing."""
    if not address:
        return markupsafe.Markup("")
    shown = address if len(address) <= 70 else address[:69] + "…"
    try:
        scheme = urlsplit(address.strip()).scheme
    except ValueError:
        scheme = ""
    if scheme not in ("http", "https"):
        return markupsafe.escape(shown)
    return markupsafe.Markup('<a href="{}" rel="noreferrer nofollow ugc" title="{}">{}</a>').format(
        address.strip(), address, shown
    )


def value_label(code: object) -> str:
    """A code of the database in words."""
    return codebook.value_label(code, language.current.get())


def column_title(table: str, code: str) -> str:
    """A column's name for readers."""
    if table in codebook.tables() and codebook.described(table, code):
        return codebook.column(table, code).title(language.current.get())
    return code


def column_about(table: str, code: str) -> str:
    """A column's unit, definition and formula."""
    return codebook.column(table, code).describe(language.current.get()) if table in codebook.tables() else ""


def table_title(table: str) -> str:
    """A table's name for readers."""
    known = codebook.tables().get(table)
    if known is None:
        return table
    return known.label_en if language.current.get() == "en" else known.label


def table_about(table: str) -> str:
    """What a table holds."""
    known = codebook.tables().get(table)
    if known is None:
        return ""
    return known.about_en if language.current.get() == "en" else known.about


def table_groups() -> list[tuple[str, list[codebook.TableText]]]:
    """The tables by group, for the list of tables."""
    groups: dict[str, list[codebook.TableText]] = {}
    for each in codebook.tables().values():
        groups.setdefault(each.group, []).append(each)
    return list(groups.items())


def facet_links(table: str) -> tuple[str, ...]:
    """The columns whose values are worth counting."""
    return codebook.tables()[table].facets if table in codebook.tables() else ()


def facet_toggle(request: Any, column: str) -> str:
    """The present address with this facet switched."""
    pairs = [(key, value) for key in request.args for value in request.args.getlist(key) if key != "_next"]
    wanted = ("_facet", column)
    pairs = [pair for pair in pairs if pair != wanted] if wanted in pairs else [*pairs, wanted]
    return f"{request.path}?{urlencode(pairs)}" if pairs else str(request.path)


def facet_values(facet: dict[str, Any]) -> list[dict[str, Any]]:
    """A facet's values as people look for them: years from the newest, all else by how many there are."""
    values: list[dict[str, Any]] = facet["results"]
    years = facet["name"] == "year" and all(isinstance(value["value"], int) for value in values)
    return sorted(values, key=lambda value: -value["value"]) if years else values


def figure_or_text(value: object) -> str:
    """A value of a column that holds figures and texts, as people write it."""
    return explain.number(value) if value is None or isinstance(value, int | float) else str(value)


def form_title(table: Table) -> str:
    """The official title of a table of the form."""
    return language.pick(forms.form(table))


def form_unit(table: Table) -> str:
    """The unit of a table of the form."""
    return language.pick(forms.form(table), "unit")


def row_links(table: str, keys: list[str]) -> list[tuple[str, str]]:
    """From a row in the tables to the site's page of the same thing."""
    key = quote(str(keys[0]), safe="") if keys else ""
    known = {
        "report": (f"/report/{key}", "open_report"), "figures": (f"/report/{key}", "open_report"),
        "panel": (f"/report/{key}", "open_report"), "organ": (f"/organ/{key}", "open_organ"),
        "division": (f"/place/{key}", "open_place"), "capture": (f"/archive/{key}", "open_archive"),
    }  # fmt: skip
    return [(known[table][0], t(known[table][1]))] if table in known else []


def row_link(link: markupsafe.Markup) -> markupsafe.Markup:
    """Datasette's link to a row whose key has several parts: an arrow in place of the whole key, which is read out."""
    found = re.fullmatch(r'<a href="([^"<>]*)">(.*)</a>', str(link), re.DOTALL)
    if found is None:
        return link
    key = markupsafe.Markup(found[2])
    return markupsafe.Markup('<a href="{}" title="{}" aria-label="{}">→</a>').format(
        markupsafe.Markup(found[1]), key, f"{t('row')} {key}"
    )


def row_title(table: str, row: Any) -> str:
    """The row's own name, where its table has a label column."""
    known = codebook.tables().get(table)
    if known is None or known.labelled_by is None:
        return ""
    try:
        return str(row[known.labelled_by] or "")
    except KeyError:
        return ""


def shown_table(table: str) -> bool:
    """Whether readers see this table."""
    return table in codebook.tables()


def described(english: str, table: str) -> str:
    """Datasette's description of filters and order, which it writes in English, in the reader's language, with the
    columns by their names. What stands in quotes is a value, and stays.
    """

    def named(found: re.Match[str]) -> str:
        word = found[0]
        return column_title(table, word) if codebook.described(table, word) else word

    if language.current.get() == "en":
        return english
    parts = re.split(r'("[^"]*")', english)
    for at in range(0, len(parts), 2):
        for pattern, chinese in _DESCRIPTIONS:
            parts[at] = re.sub(pattern, chinese, parts[at])
        parts[at] = re.sub(r"[a-z][a-z0-9_]*", named, parts[at])
    return "".join(parts)


_DESCRIPTIONS = (
    (r" sorted by ", "；sorted by "), (r", ", "，"),
    (r"sorted by (\S+) descending", r"按 \1 降序"), (r"sorted by (\S+)", r"按 \1 升序"), (r"^where ", ""), (r" and ",
    "，"),
    (r"search matches ", "检索 "), (r" does not contain ", " 不含 "), (r" contains ", " 含 "), (r" is not null",
    " 不为空"),
    (r" is null", " 为空"), (r" is not blank", " 不为空"), (r" is blank", " 为空"), (r" starts with ", " 开头为 "),
    (r" ends with ", " 结尾为 "),
)  # fmt: skip


def functions() -> dict[str, Any]:
    """Everything above, for Jinja."""
    return {
        "t": t, "web_link": web_link, "value_label": value_label, "column_title": column_title,
        "column_about": column_about,
        "table_title": table_title, "table_about": table_about, "table_groups": table_groups,
        "facet_links": facet_links,
        "said": messages.said, "facet_toggle": facet_toggle, "facet_values": facet_values,
        "figure_text": explain.number, "figure_or_text": figure_or_text,
        "form_title": form_title, "form_unit": form_unit,
        "row_links": row_links, "row_title": row_title, "row_link": row_link,
        "shown_table": shown_table, "described": described,
        "tilde_encode": tilde_encode,
    }  # fmt: skip


def for_request(request: Any, datasette: Any) -> dict[str, Any]:
    """Variables of one request."""
    served = site.of(datasette)
    if served is None:
        return {}
    spoken = language.current.get()
    other = "en" if spoken == "zh" else "zh"
    path, here, query = "/", "", []
    if request is not None:
        path = str(request.path)
        here = "/" + path.strip("/").split("/")[0]
        query = [(key, value) for key in request.args for value in request.args.getlist(key) if key != "lang"]
    return {
        "lang": spoken,
        "other_language_url": f"{path}?{urlencode([*query, ('lang', other)])}",
        "here": here,
        "data_version": served.version,
        "static": lambda name: f"/assets/{name}?v={served.assets}",
    }
