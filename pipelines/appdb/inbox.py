"""The inbox of webhooks: what ConnectWise said, until it has been read again.

A message is kept once, however often it is delivered. What is stored says which
record changed and nothing of its content.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from pipelines.appdb.database import AppDatabase, usable
from pipelines.appdb.tables import WEBHOOK_INBOX as INBOX

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Hint:
    """One message: this record was added, updated or deleted."""

    id: int
    type: str
    action: str
    record_id: int


class Inbox:
    """Hints in the order in which they came."""

    def __init__(self, database: AppDatabase) -> None:
        self._engine = database.engine

    def add(
        self,
        *,
        message_id: str,
        kind: str,
        action: str,
        record_id: int,
        body_bytes: int,
        received_at: datetime,
    ) -> bool:
        """Keep a hint; False where this message is there already.

        Raises:
            AppDatabaseError: the database cannot be used now.
        """
        row = {
            "received_at": received_at,
            "message_id": message_id,
            "type": kind,
            "action": action,
            "record_id": record_id,
            "body_bytes": body_bytes,
        }
        with usable(self._engine.url):
            try:
                with self._engine.begin() as connection:
                    connection.execute(sa.insert(INBOX), row)
            except IntegrityError:
                return False
        return True

    def pending(self, limit: int) -> list[Hint]:
        """The oldest hints that nobody has dealt with.

        Raises:
            AppDatabaseError: the database cannot be used.
        """
        columns = (INBOX.c.id, INBOX.c.type, INBOX.c.action, INBOX.c.record_id)
        wanted = sa.select(*columns).where(INBOX.c.processed_at.is_(None))
        ordered = wanted.order_by(INBOX.c.id).limit(limit)
        with usable(self._engine.url), self._engine.connect() as connection:
            rows = connection.execute(ordered).all()
        return [Hint(row.id, row.type, row.action, row.record_id) for row in rows]

    def settle(self, ids: Iterable[int], *, outcome: str, at: datetime) -> None:
        """Note that hints have been dealt with, and how.

        Raises:
            AppDatabaseError: the database cannot be used.
        """
        known = sorted(ids)
        with usable(self._engine.url), self._engine.begin() as connection:
            for start in range(0, len(known), _AT_ONCE):
                chosen: Sequence[int] = known[start : start + _AT_ONCE]
                connection.execute(
                    sa.update(INBOX)
                    .where(INBOX.c.id.in_(chosen), INBOX.c.processed_at.is_(None))
                    .values(processed_at=at, outcome=outcome)
                )

    def forget(self, *, before: datetime) -> int:
        """Remove hints that were dealt with before an instant; how many.

        Raises:
            AppDatabaseError: the database cannot be used.
        """
        old = sa.delete(INBOX).where(INBOX.c.processed_at < before)
        with usable(self._engine.url), self._engine.begin() as connection:
            return connection.execute(old).rowcount
