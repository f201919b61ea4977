"""A tenant small enough to be hurt many times, read in pages of a hundred rows."""

import json
import shutil
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.sandbox.control import SandboxControl
from pipelines.sandbox.options import SandboxOptions
from pipelines.sandbox.store import Store
from pipelines.settings import Settings
from tests.support.warehouses import tenant_of

MOST_RECORDS = 300
_OLDER = """
    delete from records where rowid in (
        select number from (
            select rowid as number,
                row_number() over (partition by path order by id desc) as place
            from records where parent_id is null
        ) where place > ?
    )
"""
_OTHER_SECTIONS = """
    delete from records where substr(path, 2, instr(substr(path, 2), '/') - 1)
        not in (select value from json_each(?))
"""
_ORPHANS = """
    delete from records where parent_id is not null and not exists (
        select 1 from records as parents
        where parents.path = substr(records.path, 1, instr(records.path, '/{') - 1)
        and parents.id = records.parent_id
    )
"""
PAGE_SIZE = 100


@contextmanager
def tenant(
    store: Store,
    folder: Path,
    *,
    options: SandboxOptions | None = None,
    control: SandboxControl | None = None,
) -> Iterator[Settings]:
    """Settings whose tenant serves ``store``, in small pages."""
    with tenant_of(store, folder, options=options, control=control) as settings:
        yield in_small_pages(settings)


def in_small_pages(settings: Settings) -> Settings:
    """The same with pages of a hundred rows, so that lists have several."""
    sync = settings.sync.model_copy(update={"page_size": PAGE_SIZE})
    return settings.model_copy(update={"sync": sync})


def cut_down(
    world: Path, target: Path, *, sections: Collection[str] | None = None
) -> Path:
    """A copy of ``world`` with the newest records of each list and their children.

    Of ``sections``, such as ``service``; the lists of all others are empty then.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with sqlite3.connect(shutil.copy(world, target)) as connection:
        if sections is not None:
            connection.execute(_OTHER_SECTIONS, (json.dumps([*sections]),))
        connection.execute(_OLDER, (MOST_RECORDS,))
        connection.execute(_ORPHANS)
    return target
