"""``cwp setup-env``: asks for a tenant's credentials and writes them to ``.env``.

Keys are typed unseen and never shown again. Only the form is checked here; whether
ConnectWise accepts them is what ``cwp doctor`` asks.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli.examples import examples

if TYPE_CHECKING:
    from pipelines.cli.env_file import Question


def register(app: typer.Typer) -> None:
    """Add the verb."""
    epilog = examples("cwp setup-env", "cwp setup-env --force")
    app.command("setup-env", epilog=epilog)(setup_env)


def setup_env(
    *,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the credentials in an old file.")
    ] = False,
    file: Annotated[
        Path | None, typer.Option(help="Another file than .env of the project.")
    ] = None,
) -> None:
    """Ask for ConnectWise credentials and write .env.

    An API member's keys come from System > Members > API Members in ConnectWise, the
    clientId from developer.connectwise.com. Other settings in the file are kept.
    """
    from pipelines.cli import env_file
    from pipelines.errors import SettingsError
    from pipelines.settings import PROJECT_DIR

    path = file or PROJECT_DIR / ".env"
    if path.exists() and not force:
        raise SettingsError(
            f"{path} is there already; `cwp setup-env --force` replaces the "
            "credentials in it."
        )
    answers = {question.variable: _ask(question) for question in env_file.QUESTIONS}
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    env_file.write_private(path, env_file.render(before, answers))
    typer.echo(f"Wrote {path}, readable only by you. Next: cwp doctor")


def _ask(question: "Question") -> str:
    while True:
        answer: str = typer.prompt(
            question.text, default=question.default, hide_input=question.secret
        )
        answer = answer.strip()
        complaint = question.complaint(answer)
        if complaint is None:
            return answer
        typer.echo(complaint, err=True)
