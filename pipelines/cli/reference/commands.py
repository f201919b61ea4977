"""The command page: what each verb's ``--help`` says."""

from typing import Any

import typer.main

INTRO = """\
# Commands

What `cwp --help` and `cwp VERB --help` say. Errors are one sentence on stderr and exit
code 1; `--debug` shows where one came from.
"""
WIDTH = 80


def render() -> str:
    """The page's Markdown."""
    root = _root()
    parts = [INTRO, _block(_help(root, "cwp"))]
    for name, command in root.commands.items():
        parts += [f"## `cwp {name}`\n", _block(_help(command, f"cwp {name}"))]
        for below, verb in getattr(command, "commands", {}).items():
            full = f"cwp {name} {below}"
            parts += [f"### `{full}`\n", _block(_help(verb, full))]
    return "\n".join(parts)


def verbs() -> tuple[str, ...]:
    """Names of all verbs, in the order in which help shows them."""
    return tuple(_root().commands)


def _root() -> Any:
    from pipelines.cli.app import app

    return typer.main.get_command(app)


def _help(command: Any, name: str) -> str:
    context = command.make_context(
        name,
        [],
        resilient_parsing=True,
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        help_option_names=["-h", "--help"],
    )
    return str(command.get_help(context))


def _block(text: str) -> str:
    lines = (line.rstrip() for line in text.replace("\b", "").splitlines())
    return "```text\n" + "\n".join(lines).strip() + "\n```\n"
