"""The reference of the command line, docs/commands.md, made from the help texts: ``python -m cli.reference``.

``tests/cli/test_reference.py`` fails while the document says otherwise than the commands.
"""

from __future__ import annotations

from pathlib import Path

import click

from cli.main import VERBS, gongkai

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "commands.md"
WIDTH = 110  # columns of the help texts, whatever the terminal


def reference() -> str:
    """The document: every verb's help, verbatim."""
    parts = [
        "# Commands\n",
        "Made from the help texts by `python -m cli.reference`; do not edit by hand. Exit status of every verb: 0 all "
        "well; 1 something failed, and the last lines say what; 2 wrong usage.\n",
    ]
    top = click.Context(
        gongkai, info_name="gongkai", terminal_width=WIDTH, max_content_width=WIDTH, **gongkai.context_settings
    )
    for verb in VERBS:
        command = gongkai.get_command(top, verb)
        assert command is not None
        parts.append(f"## gongkai {verb}\n")
        parts.append(_help(command, top, verb))
        if isinstance(command, click.Group):
            within = click.Context(command, parent=top, info_name=verb, terminal_width=WIDTH, max_content_width=WIDTH)
            parts += [_help(command.commands[name], within, name) for name in sorted(command.commands)]
    return "\n".join(parts)


def _help(command: click.Command, parent: click.Context, name: str) -> str:
    context = click.Context(command, parent=parent, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH)
    lines = (line.rstrip() for line in command.get_help(context).splitlines())
    return "```text\n" + "\n".join(lines) + "\n```\n"


if __name__ == "__main__":
    DOCUMENT.write_text(reference(), encoding="utf-8")
    click.echo(f"written {DOCUMENT}")
