"""``gongkai portals``: the registry."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.table import Table

from cli.options import archive_option, fail, one_line_errors, printer


@click.group(short_help="the registry: list, add, check")
def command() -> None:
    """The registry of portals, data/portals/*.yaml.

    \b
    Example:
      gongkai portals list
      gongkai portals add http://www.example.gov.cn/
      gongkai portals check qinzhou
    """


@command.command("list")
def list_portals() -> None:
    """Every portal with its home page and state."""
    from crawler.portals.registry import load

    table = Table("portal", "name", "division", "home", "state")
    for portal in load().values():
        table.add_row(portal.id, portal.name or "", portal.division or "", portal.home, portal.state)
    printer().print(table)


@command.command("add")
@click.argument("url")
@click.option("--allow-private-hosts", is_flag=True, help="Do not refuse loopback and private addresses.")
def add_portal(url: str, allow_private_hosts: bool) -> None:
    """Fetch a home page once, recognise the CMS family, write the entry and a test that fails until looked at.

    \b
    Example:
      gongkai portals add http://www.example.gov.cn/
    """
    from crawler.portals.registration import RegistrationError, register

    try:
        for line in register(url, allow_private_hosts=allow_private_hosts):
            click.echo(line)
    except RegistrationError as error:
        fail(str(error))


@command.command("check")
@click.argument("portal", required=False)
@archive_option
@click.option("--allow-private-hosts", is_flag=True, help="Do not refuse loopback and private addresses.")
def check_portals(portal: str | None, archive: Path, allow_private_hosts: bool) -> None:
    """Ask each portal's home page once: does it answer, which family is it; and since when is it silent, as the archive
    knows. Exit status 1 if one does not answer.

    \b
    Example:
      gongkai portals check qinzhou
    """
    from crawler.portals.registration import check
    from crawler.portals.registry import UnknownPortal

    silent = 0
    with one_line_errors():
        try:
            for answer, known in check(portal, archive=archive, allow_private_hosts=allow_private_hosts):
                click.echo(f"{answer.line}; {known.line}" if known else answer.line)
                silent += not answer.answers
        except UnknownPortal as error:
            fail(str(error))
    if silent:
        click.echo(f"{silent} portals do not answer", err=True)
        sys.exit(1)
