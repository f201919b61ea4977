"""From the bytes of a callback to a hint in the inbox.

The signature is checked over the bytes as they came; what they say is only kept as a
hint. The routes decide which status stands for which of our errors.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from pipelines.appdb.database import AppDatabase
from pipelines.appdb.inbox import Inbox
from pipelines.connectwise.callbacks.keys import CallbackKeys, KeyRules
from pipelines.connectwise.callbacks.payload import parse
from pipelines.connectwise.callbacks.signature import is_signed
from pipelines.connectwise.company_info import parse_address
from pipelines.connectwise.errors import CallbackRefusedError
from pipelines.ingest.preflight import open_client
from pipelines.settings import Settings


@dataclass(frozen=True, slots=True)
class Receiver:
    """Takes the callbacks of one tenant; safe between threads."""

    keys: CallbackKeys
    inbox: Inbox
    max_body_bytes: int

    def take(self, body: bytes, *, signature: str) -> bool:
        """Keep a message as a hint; False where it was delivered before.

        Raises:
            CallbackRefusedError: it is not the tenant's.
            KeyUnavailableError: its key cannot be had now.
            AppDatabaseError: the inbox cannot be written now.
        """
        said = parse(body)
        key = self.keys.key_for(said.key_url)
        if not is_signed(body, signature=signature, signing_key=key):
            raise CallbackRefusedError("the signature is not that of the body")
        return self.inbox.add(
            message_id=said.message_id,
            kind=said.type,
            action=said.action,
            record_id=said.record_id,
            body_bytes=len(body),
            received_at=datetime.now(UTC),
        )


@contextmanager
def receiver_of(settings: Settings, database: AppDatabase) -> Iterator[Receiver | None]:
    """The receiver of the settings' tenant; None where no tenant is set."""
    tenant, rules = settings.tenant, settings.callbacks
    if tenant.missing or not (
        tenant.base_url and tenant.company_id and tenant.client_id
    ):
        yield None
        return

    def api_url() -> str:
        with open_client(settings) as client:
            return client.api_url()

    with CallbackKeys(
        parse_address(tenant.base_url),
        tenant.company_id,
        client_id=tenant.client_id.get_secret_value(),
        api_url=api_url,
        rules=KeyRules(wait_seconds=rules.key_wait_seconds),
    ) as keys:
        yield Receiver(keys, Inbox(database), rules.max_body_bytes)
