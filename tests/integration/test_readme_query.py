"""The README's first question gets the README's answer, drawn as ``cwp sql`` does.

The answer is the ``text`` block after the first ``sql`` block, character for character.
"""

import re
from io import StringIO

from rich.console import Console

from pipelines.cli.answers import write_table
from pipelines.cli.console import PIPE_WIDTH
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
