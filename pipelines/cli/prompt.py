"""The dialogue of ``cwp sql``: statements until ``;``, and a few dot commands.

A mistake is told and the dialogue goes on; Ctrl-C drops what was typed, Ctrl-D ends.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from rich.console import Console

from pipelines.cli.answers import write_table
from pipelines.errors import WarehouseError
from pipelines.warehouse.answers import Answer, is_complete

HELP = """\
Type SQL and end it with ;
  .tables           tables, their rows and what one row is
  .columns TABLE    columns of a table, such as marts.fct_ticket
  .quit             leave (or Ctrl-D)"""
TABLES = """
select schema_name || '.' || table_name as table, estimated_size as rows,
    coalesce(regexp_extract(comment, '^(.*?[.:;])(\\s|$)', 1), '') as "one row is"
from duckdb_tables() where not internal order by all"""
COLUMNS = """
select column_name as column, lower(data_type) as type,
    coalesce(comment, '') as description
from duckdb_columns()
where not internal and '{table}' in (table_name, schema_name || '.' || table_name)
order by schema_name, table_name, column_index"""
QUIT = (".quit", ".exit", "exit", "quit")


class Prompt:
    """A dialogue with whatever answers SQL.

    Args:
        ask: answers a statement, raising WarehouseError.
        console: where answers go.
        history: file of the lines typed before; its folder need not exist.
        read_line: asks for one line, raising EOFError at the end.
    """

    def __init__(
        self,
        ask: Callable[[str], Answer],
        console: Console,
        history: Path,
        *,
        read_line: Callable[[str], str] = input,
    ) -> None:
        self._answer = ask
        self._console = console
        self._history = history
        self._read_line = read_line

    def talk(self) -> None:
        """Answer until the person leaves."""
        self._remember()
        self._console.print("The published copy, read-only. .help tells how.")
        typed = ""
        while True:
            try:
                line = self._read_line("   ...> " if typed else "cwp sql> ")
            except EOFError:
                self._console.print()
                return
            except KeyboardInterrupt:
                typed = ""
                self._console.print()
                continue
            if not typed and line.strip() in QUIT:
                return
            typed = self._take(f"{typed}\n{line}" if typed else line)

    def _take(self, typed: str) -> str:
        """Answer what is complete; return what is still to be finished."""
        if not typed.strip():
            return ""
        if typed.startswith("."):
            self._obey(typed.split())
            return ""
        if not is_complete(typed):
            return typed
        self._ask(typed)
        return ""

    def _obey(self, words: list[str]) -> None:
        match words:
            case [".tables"]:
                self._ask(TABLES)
            case [".columns", table]:
                named = table.rstrip(";").lower().replace("'", "''")
                self._ask(COLUMNS.format(table=named))
            case _:
                self._console.print(HELP, markup=False)

    def _ask(self, sql: str) -> None:
        try:
            write_table(self._answer(sql), self._console)
        except WarehouseError as error:
            self._console.print(str(error), style="red", markup=False)
        except KeyboardInterrupt:
            self._console.print("Stopped.")

    def _remember(self) -> None:
        """Keep a history where the platform can edit lines."""
        with suppress(ImportError):
            import atexit
            import readline

            self._history.parent.mkdir(parents=True, exist_ok=True)
            with suppress(OSError):
                readline.read_history_file(self._history)
            atexit.register(_save_history, self._history)


def _save_history(path: Path) -> None:
    import readline

    with suppress(OSError):
        readline.set_history_length(1000)
        readline.write_history_file(path)
