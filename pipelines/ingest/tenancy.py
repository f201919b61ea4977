"""Whose records a warehouse holds: one tenant's, from its first sync on.

Ids and windows mean nothing in another tenant: its older records would never be read,
and its newer ones would replace records of the first. So the owner is written into the
build file before anything is loaded, and a sync of anybody else is refused.
"""

from pathlib import Path

from pipelines.errors import IngestError
from pipelines.warehouse.connection import connect

_TABLE = "main.warehouse_owner"


def claim(build_file: Path, owner: str) -> None:
    """Make ``owner`` the one whose records go into ``build_file``.

    Raises:
        IngestError: it holds somebody else's.
    """
    with connect(build_file, read_only=False) as connection:
        connection.execute(f"create table if not exists {_TABLE} (owner varchar)")
        row = connection.execute(f"from {_TABLE}").fetchone()
        if row is None:
            connection.execute(f"insert into {_TABLE} values (?)", [owner])
        elif row[0] != owner:
            raise IngestError(
                f"The warehouse {build_file.parent.parent} holds {row[0]}, and this "
                f"run would read {owner}: name another folder in CWP_WAREHOUSE__DIR, "
                f"or remove {build_file} to begin anew."
            )
