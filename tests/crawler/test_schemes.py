"""http and https of a host have a robots.txt each (RFC 9309, 2.3); who refuses is a host and port, of either scheme."""

from __future__ import annotations

import socket
import sqlite3
import ssl
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.crawler.crawls import crawl, rows
from tests.crawler.site import Answer, Asked, Reply, Site, html, items, report, serving

_TLS = b"\x16"  # the first byte of a handshake


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A server's side of TLS, with a certificate of its own making."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    signed = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + signed.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


@contextmanager
def serving_both(pages: dict[str, Reply | str], tls: ssl.SSLContext) -> Iterator[Site]:
    """A site whose one port speaks http and https, so that both are one host to a queue."""
    with serving(pages) as site:
        accept = site.server.get_request

        def either() -> tuple[socket.socket, object]:
            connection, address = accept()
            if connection.recv(1, socket.MSG_PEEK) == _TLS:
                connection = tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
            return connection, address

        site.server.get_request = either  # type: ignore[method-assign, assignment]
        yield site


def portal(port: int, scheme: str) -> dict[str, Reply | str]:
    """A portal of http whose column names two reports, those of the second organ by this scheme."""
    organs = ("云溪市教育局", "云溪市水利局")
    names = [f"{organ}2024年政府信息公开工作年度报告" for organ in organs]
    listed = [("/nb/1.html", names[0]), (f"{scheme}://127.0.0.1:{port}/aq/2.html", names[1])]
    return {
        "/": html("云溪市", '<a href="/nb/">政府信息公开年报</a>'),
        "/nb/": html("政府信息公开年报", items(*listed)),
        "/nb/1.html": report(organs[0], 2024),
        "/aq/2.html": report(organs[1], 2024),
    }


def robots(site: Site) -> list[bool]:
    """By which schemes robots.txt was asked for: True is https."""
    return [each.secure for each in site.asked if each.path == "/robots.txt"]


def fill(site: Site, pages: dict[str, Reply | str]) -> None:
    """A site is filled when its port is known."""
    for path, page in pages.items():
        site.put(path, page)


@pytest.mark.parametrize("forbidding", [True, False])
def test_each_scheme_is_asked_as_its_own_robots_txt_allows(
    forbidding: bool, tls: ssl.SSLContext, tmp_path: Path
) -> None:
    def rules(asked: Asked) -> Answer:
        return Answer("User-agent: *\nDisallow: /aq/\n" if asked.secure is forbidding else "User-agent: *\nDisallow:\n")

    with serving_both({"/robots.txt": rules}, tls) as site:
        fill(site, portal(site.port, "https"))
        run = crawl(site, tmp_path)
        assert robots(site) == [False, True]
        assert ("/aq/2.html" in site.paths()) is not forbidding
    assert run.reports_known == (1 if forbidding else 2)


def test_the_other_schemes_robots_txt_is_asked_for_only_where_it_is_needed(tls: ssl.SSLContext, tmp_path: Path) -> None:
    with serving_both({"/robots.txt": Answer("", 404)}, tls) as site:
        fill(site, portal(site.port, "http"))
        assert crawl(site, tmp_path).reports_known == 2
        assert robots(site) == [False]


def test_a_robots_txt_that_leads_to_the_other_schemes_is_asked_for_once(tls: ssl.SSLContext, tmp_path: Path) -> None:
    with serving_both({}, tls) as site:
        there = f"https://127.0.0.1:{site.port}/robots.txt"

        def rules(asked: Asked) -> Answer:
            return Answer("User-agent: *\nDisallow: /nb/1\n") if asked.secure else Answer("", 301, {"Location": there})

        fill(site, portal(site.port, "https") | {"/robots.txt": rules})
        assert crawl(site, tmp_path).reports_known == 1
        assert robots(site) == [False, True]
        assert site.paths()[-1] == "/aq/2.html"


def test_one_scheme_that_refuses_is_the_host_that_refuses(tls: ssl.SSLContext, tmp_path: Path) -> None:
    with serving_both({"/robots.txt": Answer("", 404)}, tls) as site:
        pages = portal(site.port, "https")
        pages["/nb/"] = html(
            "政府信息公开年报",
            items((f"https://127.0.0.1:{site.port}/aq/2.html", "云溪市水利局2024年政府信息公开工作年度报告")),
        )
        pages["/aq/2.html"] = Answer("busy", 503, {"Retry-After": "7200"})
        fill(site, pages)
        crawl(site, tmp_path)
        site.asked.clear()
        crawl(site, tmp_path)
        assert site.asked == [], "it is one machine, by whichever scheme it says that it is busy"
    assert rows(tmp_path, "SELECT host FROM block") == [(f"127.0.0.1:{site.port}",)], "its other ports are others"


def test_a_portal_that_moves_to_https_keeps_its_reports(tls: ssl.SSLContext, tmp_path: Path) -> None:
    """Each address's first answer is a whole page, so that the report is seen there when it is not at the old one."""
    with serving_both({"/robots.txt": Answer("", 404)}, tls) as site:
        pages = portal(site.port, "http")
        fill(site, pages)
        assert crawl(site, tmp_path, settings={}).reports_known == 2

        def moved(path: str, page: Reply | str) -> Callable[[Asked], Answer]:
            there = Answer("", 301, {"Location": f"https://127.0.0.1:{site.port}{path}"})
            return lambda asked: Answer(str(page)) if asked.secure else there

        fill(site, {path: moved(path, page) for path, page in pages.items()})
        with closing(sqlite3.connect(tmp_path / "frontier.db")) as db, db:
            db.execute("UPDATE page SET due = 1 WHERE report = 1")
        crawl(site, tmp_path, settings={})
    with closing(sqlite3.connect(tmp_path / "gongkai.db")) as db:
        assert db.execute("SELECT count(*), count(gone_since) FROM report").fetchone() == (2, 0)
