"""The demo portals: invented organs and balanced figures, rendered as several CMS families, served on loopback.

with demo.serve() as server:
    crawl(server.homes)
    assert found == server.expected()
    server.advance()          # edits, a late report, a removal
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from demo import editions
from demo.editions import Edition
from demo.enlarged import enlarge
from demo.portals.family import Family, Site
from demo.portals.handmade import Handmade
from demo.portals.trs import Trs, TrsGuangxi
from demo.portals.ucap import Ucap
from demo.server import FIRST_PORT, DemoServer, Expected, Portal, PortInUse, Request

__all__ = ["DemoServer", "Expected", "PortInUse", "Portal", "Request", "enlarge", "portals", "serve"]

BUILT_IN: tuple[tuple[str, str, type[Family], Callable[[int], Edition]], ...] = (
    ("demo-lanchuan", "澜川市（TRS，虚构）", Trs, editions.lanchuan),
    ("demo-qinglan", "青岚市（UCAP，虚构）", Ucap, editions.qinglan),
    ("demo-yanpu", "雁浦县（不属于任何系统，虚构）", Handmade, editions.yanpu),
    ("demo-qinzhou", "钦州市（仿 TRS 门户，2024 年数据真实）", TrsGuangxi, editions.qinzhou),
)


def portals(fixed_ports: bool = True) -> list[Portal]:
    """The demo's portals, on the ports that belong to them, or on any free ones."""
    return [
        Portal(name, title, family.name, functools.partial(_site, number), FIRST_PORT + number if fixed_ports else 0)
        for number, (name, title, family, _) in enumerate(BUILT_IN)
    ]


@functools.lru_cache(maxsize=16)
def _site(number: int, state: int) -> Site:
    _, _, family, edition = BUILT_IN[number]
    made = edition(min(state, 2))
    return family(made.place, made.root, now=made.now).site()


def serve(served: Sequence[Portal] | None = None, host: str = "127.0.0.1") -> DemoServer:
    """Serve portals (all the demo's, on free ports, if none are named). ``PortInUse`` when a fixed port is taken."""
    return DemoServer(portals(fixed_ports=False) if served is None else served, host)
