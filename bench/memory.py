"""Whether a crawl's memory grows with what it has fetched: one portal of many small pages, crawled to its end.

    python -m bench.memory [--pages 100000]

The portal has a column of yearly reports for each of its organs, with lists of twenty-five entries: one report, and
two dozen pages of which only their place tells that they might be one. It is served by a process of its own, which
makes its pages as they are asked for.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import account
from crawler.processes import runner

ENTRIES = 24  # of a list, beside its report
LISTS = 50  # pages of a column
HEAD = "<html><head><meta charset=utf-8><title>{title}</title></head><body>"


def page(path: str, organs: int) -> str | None:
    """The page at an address; None where there is none."""
    parts = [each for each in path.split("/") if each]
    if not parts:
        return (
            HEAD.format(title="清溪市人民政府")
            + '<a href="/nb/">政府信息公开年报</a><a href="/xw/">要闻</a></body></html>'
        )
    if parts == ["nb"]:
        links = "".join(f'<li><a href="/nb/{each}/">{_organ(each)}政府信息公开年报</a></li>' for each in range(organs))
        return HEAD.format(title="政府信息公开年报") + f"<h2>政府信息公开年报</h2><ul>{links}</ul></body></html>"
    if parts[0] != "nb" or not parts[1].isdigit():
        return None
    organ = int(parts[1])
    if len(parts) == 2:
        return _list(organ, 1)
    kind, _, number = parts[2].removesuffix(".html").partition("_")
    if kind == "index":
        return _list(organ, int(number))
    title = _report_title(organ, int(number)) if kind == "t" else f"{_organ(organ)}关于信息公开培训的简报之{number}"
    body = f"<h1>{title}</h1><p>发布日期：2024-01-20</p>"
    if kind == "t":
        body += "<p>一、总体情况</p><p>本报告根据《中华人民共和国政府信息公开条例》编制。全年主动公开政府信息12条。</p>"
        body += f"<p>二、收到和处理政府信息公开申请情况</p><p>本年新收政府信息公开申请{number}件。</p>"
    return HEAD.format(title=title) + body + "<p>清溪市人民政府主办</p></body></html>"


def _organ(organ: int) -> str:
    return f"清溪市{'东西南北中'[organ % 5]}{'江河湖海山川'[organ % 6]}街道{organ}号社区管理局"


def _report_title(organ: int, number: int) -> str:
    return f"{_organ(organ)}第{number}办公室2023年政府信息公开工作年度报告"


def _list(organ: int, number: int) -> str:
    entries = (
        f'<li><a href="/nb/{organ}/t_{number}.html">{_report_title(organ, number)}</a><span>2024-01-20</span></li>'
    )
    for each in range((number - 1) * ENTRIES, number * ENTRIES):
        title = f"{_organ(organ)}关于信息公开培训的简报之{each}"
        entries += f'<li><a href="/nb/{organ}/c_{each}.html">{title}</a><span>2024-01-20</span></li>'
    following = f'<a href="/nb/{organ}/index_{number + 1}.html">下一页</a>' if number < LISTS else ""
    pager = f"<div class=page>共{LISTS}页 {following}</div>"
    head = HEAD.format(title=f"{_organ(organ)}政府信息公开年报")
    return f"{head}<h2>政府信息公开年报</h2><ul>{entries}</ul>{pager}</body></html>"


async def serve(organs: int) -> None:
    """Serve the portal on loopback until standard input is closed; its port is the first line of the output."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                found = page(head.split(b" ", 2)[1].decode(), organs)
                body = (found or "<html><title>404</title></html>").encode()
                status = "200 OK" if found else "404 Not Found"
                lines = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
                writer.write(lines.encode() + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    server.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        asyncio.run(serve(options.serve))
        return
    organs = max(1, round(options.pages / (LISTS * (ENTRIES + 2))))
    command = [sys.executable, "-m", "bench.memory", "--serve", str(organs)]
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server,
    ):
        assert server.stdin is not None and server.stdout is not None
        home = f"http://127.0.0.1:{int(server.stdout.readline())}/"
        report = runner.crawl(
            [home], archive=Path(folder), allow_private_hosts=True, delay=0, max_pages=2 * options.pages,
            settings=account.SETTINGS,
        )  # fmt: skip
        server.stdin.close()
        (told,) = account.read(Path(folder))
        files = {name: (Path(folder) / name).stat().st_size / 1e6 for name in ("frontier.db", "gongkai.db")}
    (run,) = report.runs
    memory: list[tuple[int, float]] = told["memory"]
    print(f"{run.outcome}: {told['answers']} answers, {run.counts.get('reports', 0)} reports")
    step = max(1, len(memory) // 12)
    print("answers: resident MB   " + ", ".join(f"{answers}: {now:.0f}" for answers, now in memory[::step]))
    tenth = next(now for answers, now in memory if answers >= told["answers"] / 10)
    print(f"at a tenth of the way {tenth:.0f} MB, at the end {memory[-1][1]:.0f} MB, highest {told['highest']:.0f} MB")
    print("on disk: " + ", ".join(f"{name} {size:.0f} MB" for name, size in files.items()))
    spent = sum(told["spent"].values())
    print(f"CPU {spent:.0f} s, {1000 * spent / told['answers']:.1f} ms a page")


if __name__ == "__main__":
    main()
