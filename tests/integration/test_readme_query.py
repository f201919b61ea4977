"""What the README promises of a first run: its first answer, and how much there is.

The answer is the ``text`` block after the first ``sql`` block, character for character.
"""

import re
from io import StringIO

from rich.console import Console

from pipelines.cli.answers import write_table
from pipelines.cli.console import PIPE_WIDTH
from pipelines.connectwise.entities import ENTITIES
from pipelines.settings import PROJECT_DIR
from pipelines.warehouse.answers import answer
from pipelines.warehouse.connection import connect
from tests.support.small_run import SmallRun

BLOCK = re.compile(r"^```(sql|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def first_question_and_answer() -> tuple[str, str]:
    blocks = BLOCK.findall((PROJECT_DIR / "README.md").read_text("utf-8"))
    kinds = [kind for kind, _ in blocks]
    first = kinds.index("sql")
    assert kinds[first + 1] == "text", "no answer stands below the question"
    return blocks[first][1], blocks[first + 1][1]


def test_the_readmes_query_gives_the_readmes_answer(small: SmallRun) -> None:
    question, told = first_question_and_answer()
    drawn = Console(file=StringIO(), width=PIPE_WIDTH, highlight=False)
    copy = small.settings.warehouse.published_file
    with connect(copy) as connection, drawn.capture() as capture:
        write_table(answer(connection, question), drawn)
    lines = [line.rstrip() for line in capture.get().splitlines()]
    assert lines == told.splitlines()
    assert len(lines) > 5


def test_the_readme_counts_what_a_first_run_fills(small: SmallRun) -> None:
    readme = " ".join((PROJECT_DIR / "README.md").read_text("utf-8").split())
    told = f"{len(ENTITIES)} entities and {len(small.first.marts)} tables"
    assert told in readme
