"""Worlds made of recorded records: one JSON array per file, named by its path.

``service__tickets.json`` holds ``/service/tickets``, and
``project__projects__3899__notes.json`` the notes of project 3899. Records are served
as they are, however sparse; a path without a file is an empty list.
"""

from pathlib import Path
from typing import Any

import msgspec

from pipelines.errors import SandboxError
from pipelines.sandbox.routes import Match, find
from pipelines.sandbox.store import Store


def load_recorded(directory: Path, store_path: Path) -> None:
    """Make a world at ``store_path`` from the files of a folder.

    Raises:
        SandboxError: a file's name is no list that the sandbox serves, its content is
            no JSON array of objects, or two records of a list have one id.
    """
    if not directory.is_dir():
        message = f"There is no folder {directory} with recorded records."
        raise SandboxError(message)
    with Store.create(store_path) as store:
        for file in sorted(directory.glob("*.json")):
            match = _match(file)
            store.write(
                match.route.template,
                _records(file),
                parent_id=match.parent_id,
                verbatim=True,
            )
        store.write_manifest({"recorded_from": directory.name})


def _match(file: Path) -> Match:
    match = find("/" + file.stem.replace("__", "/"))
    if match is None or match.kind != "list":
        message = f"{file.name} is not named after a list that the sandbox serves."
        raise SandboxError(message)
    return match


def _records(file: Path) -> list[dict[str, Any]]:
    try:
        return msgspec.json.decode(file.read_bytes(), type=list[dict[str, Any]])
    except msgspec.MsgspecError as error:
        message = f"{file.name} is not a JSON array of records: {error}."
        raise SandboxError(message) from None
