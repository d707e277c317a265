"""A portal that is one application of which no script can be read: its ways are places to click, what it asks for is
numbered by a sum, what it is answered is packed.

So only who clicks as a reader does finds its reports.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tests.crawler.site import TABLE, Answer, Reply, html, items, report

ORGANS = ("云溪市民政局", "云溪市水利局")
SEVERAL = (*ORGANS, "云溪市统计局", "云溪市司法局")
YEARS = (2024, 2023, 2022)

#: ``show`` puts a state of the application on the page; ``at`` says under which address.
SCRIPT = """
const app = document.getElementById("app");
const key = state => [...state].reduce((sum, sign) => sum * 31 + sign.charCodeAt(0) & 0xffffff, 7);
async function part(state) {
  const answer = await fetch("/d/" + key(state));
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(await answer.text()), sign => sign.charCodeAt(0))));
}
function line(text, act) {
  const one = document.createElement("TAG"), inner = document.createElement("span");
  inner.textContent = text;
  one.className = "row";
  one.appendChild(inner);
  one.addEventListener("click", act);
  return one;
}
async function show(state, at) {
  if (at) PUSH;
  const told = await part(state);
  app.innerHTML = told.text || "<h2>" + told.title + "</h2>";
  const menu = app.appendChild(document.createElement("div")), list = app.appendChild(document.createElement("div"));
  for (const [text, next, address] of told.menu || []) menu.appendChild(line(text, () => show(next, address)));
  for (const [text, next, address] of told.list || []) {
    const one = line(text, () => show(next, IN_PLACE ? "" : address));
    if (LINKED) one.innerHTML = "<a href='/" + address + "'>" + text + "</a>";
    list.appendChild(one);
  }
  if (told.next) app.appendChild(line("下一页", () => show(told.next)));
}
window.addEventListener("popstate", () => location.reload());
show(HERE);
"""
WAYS = {
    "path": ("history.pushState(null, '', '/' + at)", "location.pathname.slice(1) || 'home'"),
    "route": ("location.hash = '#/' + at", "location.hash.slice(2) || 'home'"),
}


@dataclass(frozen=True)
class Kind:
    """How the portal is made."""

    way: Literal["path", "route"] = "path"  # whether an address is a path, or a route behind #
    tag: str = "div"  # of the places to click
    linked: bool = False  # the entries of a list are links
    size: int = 10  # entries of a page of a list
    in_place: bool = False  # a report opens in the list's page, and has no address
    served: bool = False  # the home page comes with its menu, and leads on by other addresses than it shows
    column: bool = False  # home page and column come with links; the menu of organs beside the list is a script's


def pages(kind: Kind) -> dict[str, Reply | str]:
    """The portal: of each organ's ``YEARS`` a report."""
    push, here = WAYS[kind.way]
    script = SCRIPT.replace("PUSH", push).replace("HERE", here).replace("TAG", kind.tag)
    script = script.replace("LINKED", str(kind.linked).lower()).replace("IN_PLACE", str(kind.in_place).lower())
    shell = html("云溪市人民政府", f'<div id="app"></div><script>{script}</script>')
    states = dict(_states(kind.size))
    found: dict[str, Reply | str] = {f"/d/{key(name)}": _packed(state) for name, state in states.items()}
    addresses = ["", *(address for state in states.values() for _, _, address in _ways(state) if address)]
    for address in dict.fromkeys(addresses if kind.way == "path" else [""]):
        found["/" + address] = shell
    if kind.served:
        found["/"] = _home()
    return _column() if kind.column else found


def _column() -> dict[str, Reply | str]:
    """A portal of pages whose column shows the first organ's reports."""
    menu = "".join(f"<li data-at='{at}'><span>{organ}</span></li>" for at, organ in enumerate(SEVERAL))
    script = (
        SCRIPT[: SCRIPT.index("function line")]
        + """
    document.querySelectorAll(".organs li").forEach(one => one.addEventListener("click", async () => {
      app.innerHTML = (await part("list-" + one.dataset.at)).list;
    }));"""
    )
    found: dict[str, Reply | str] = {"/": html("云溪市人民政府", '<a href="/nb/">政府信息公开年报</a>')}
    for at, organ in enumerate(SEVERAL):
        links = [(f"/nb/{at}/{year}.html", f"{year}年政府信息公开工作年度报告") for year in YEARS]
        found |= {href: report(organ, int(href[-9:-5])) for href, _ in links}
        found[f"/d/{key(f'list-{at}')}"] = _packed({"list": items(*links)})
        if at == 0:
            shown = f'<ul class="organs">{menu}</ul><div id="app">{items(*links)}</div><script>{script}</script>'
            found["/nb/"] = html("政府信息公开年报", shown)
    return found


def _home() -> str:
    """A home page of text and places, on which a script listens."""
    told = "<p>" + "云溪市位于江南丘陵，辖七镇三街道，户籍人口六十一万。" * 6 + "</p>"
    menu = "".join(
        f"<span class='go' data-at='{at}'>{text}</span>" for at, text in enumerate(["政务要闻", "政府信息公开年报"])
    )
    script = """document.querySelectorAll(".go").forEach(one => one.addEventListener("click", () => {
      location.href = "/" + ["yw", "nb"][one.dataset.at];
    }));""".replace('"nb"', "String.fromCharCode(110, 98)")
    return html("云溪市人民政府", f"{told}<div>{menu}</div><script>{script}</script>")


def _states(size: int) -> Iterator[tuple[str, dict[str, object]]]:
    columns = [("政务要闻", "yw", "yw"), ("政府信息公开年报", "nb", "nb"), ("政府信息公开指南", "zn", "zn")]
    yield "home", {"title": "云溪市人民政府", "menu": columns}
    yield "yw", {"title": "政务要闻", "list": [("全市水利工作会议召开", "a/1", "a/1")]}
    yield "zn", {"title": "政府信息公开指南", "list": []}
    menu = [(organ, f"nb-{at}-0", "") for at, organ in enumerate(ORGANS)]
    for at, organ in enumerate(ORGANS):
        articles = [(f"{year}年政府信息公开工作年度报告", f"r/{at}{year}", f"r/{at}{year}") for year in YEARS]
        for begun in range(0, len(articles), size):
            told: dict[str, object] = {
                "title": "政府信息公开年报",
                "menu": menu,
                "list": articles[begun : begun + size],
            }
            if begun + size < len(articles):
                told["next"] = f"nb-{at}-{begun + size}"
            yield f"nb-{at}-{begun}", told
            if at == begun == 0:
                yield "nb", told
        for year in YEARS:
            title = f"{organ}{year}年政府信息公开工作年度报告"
            table = TABLE.format(organ=organ, figure=year - 2000 + at)
            yield f"r/{at}{year}", {"text": f"<h1>{title}</h1>{table}"}
    yield "a/1", {"text": "<h1>全市水利工作会议召开</h1><p>会议部署今冬明春的水利建设。</p>"}


def _ways(state: dict[str, object]) -> list[tuple[str, str, str]]:
    return [*state.get("menu", ()), *state.get("list", ())]  # type: ignore[misc]


def key(state: str) -> int:
    """The number under which a state is asked for."""
    found = 7
    for sign in state:
        found = (found * 31 + ord(sign)) & 0xFFFFFF
    return found


def _packed(state: dict[str, object]) -> Answer:
    return Answer(base64.b64encode(json.dumps(state, ensure_ascii=False).encode()), media="text/plain")
