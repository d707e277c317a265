"""The console script ``gongkai`` (公开, "to make public"). Each verb is a module here, loaded when it is used."""

from __future__ import annotations

import importlib
import os
import signal
import sys
from types import FrameType

import click

VERBS = {
    "demo": "start the built-in demo portals, crawl them, show what was found",
    "crawl": "discover, fetch, archive, extract, check and store",
    "portals": "the registry: list, add, check",
    "extract": "read reports from files or addresses, one JSON record a line",
    "rebuild": "make the database again from the archived pages",
    "verify": "read the whole archive back and compare digests",
    "status": "coverage, freshness, failures, overdue reports",
    "export": "write the data set with its codebook",
    "serve": "open the archive in Datasette",
    "package": "write the archive as one WACZ file",
    "import": "take captures that others made (WARC, WACZ)",
}

INTERRUPTED = 130  # exit status after Ctrl-C, as shells have it


class Stopped(KeyboardInterrupt):
    """Raised by a signal that asks the program to end (SIGTERM, SIGHUP): it ends in order, as after Ctrl-C."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.status = 128 + number  # as shells have it


class Verbs(click.Group):
    """Loads a verb's module only when it is asked for, so that ``gongkai extract`` does not wait for Datasette."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs, in the order in which a user meets them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb's command, or None where there is no such verb."""
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"cli.{cmd_name}_" if cmd_name == "import" else f"cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One line a verb, without loading its module."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gongkai", prog_name="gongkai")
def gongkai() -> None:
    """Find, archive, read and publish the yearly open-government reports of Chinese organs (政府信息公开工作年度报告).

    \b
    Start with:  gongkai demo
    Then:        gongkai crawl qinzhou && gongkai serve

    Exit status: 0 all well; 1 something failed, and the last lines say what; 2 wrong usage.
    """


def main() -> None:
    """Run the command line. What fails for a known reason is one line; a closed pipe (``gongkai extract … | head``) and
    Ctrl-C are no errors worth a traceback."""
    _open_standard_streams()
    from cli.options import one_line_errors

    _listen()
    try:
        with one_line_errors():
            sys.exit(gongkai.main(prog_name="gongkai", standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt) as error:
        stopped = error if isinstance(error, Stopped) else error.__cause__
        what = f"stopped by {stopped}" if isinstance(stopped, Stopped) else "interrupted"
        click.echo(f"gongkai: {what}; nothing archived is lost, the same command goes on", err=True)
        sys.exit(stopped.status if isinstance(stopped, Stopped) else INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def _open_standard_streams() -> None:
    """A service may start us with standard streams closed: what is opened first would take their numbers, and be
    written to."""
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        try:
            os.fstat(number)
        except OSError:
            while os.open(os.devnull, os.O_RDWR) < number:
                continue
            os.set_inheritable(number, True)
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))


def _listen() -> None:
    def stop(number: int, frame: FrameType | None) -> None:
        raise Stopped(number)

    for each in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(each) is signal.SIG_DFL:  # nohup has had its hang-ups ignored
            signal.signal(each, stop)
