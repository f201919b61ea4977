"""Tables of the application database, and the type that they need of their own."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

METADATA = sa.MetaData()


class Moment(sa.TypeDecorator[datetime]):
    """An instant in UTC, also where the database knows no zones."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, _dialect: Any
    ) -> datetime | None:
        """Write UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(
        self, value: datetime | None, _dialect: Any
    ) -> datetime | None:
        """Read UTC."""
        if value is None or value.tzinfo:
            return value
        return value.replace(tzinfo=UTC)


WEBHOOK_INBOX = sa.Table(
    "webhook_inbox",
    METADATA,
    # SQLite numbers rows by itself only in a plain INTEGER.
    sa.Column(
        "id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True
    ),
    sa.Column("received_at", Moment, nullable=False),
    sa.Column("message_id", sa.String(100), nullable=False, unique=True),
    sa.Column("type", sa.String(100), nullable=False),
    sa.Column("action", sa.String(10), nullable=False),
    sa.Column("record_id", sa.BigInteger, nullable=False),
    sa.Column("body_bytes", sa.Integer, nullable=False),
    sa.Column("processed_at", Moment, index=True),
    sa.Column("outcome", sa.String(200)),
)
