"""Bodies of callbacks: the recorded ones are read, others are refused as a whole."""

import pytest

from pipelines.connectwise.callbacks.payload import parse
from pipelines.connectwise.errors import CallbackRefusedError
from tests.support.callbacks import message

URL = "https://na.myconnectwise.net/v2026_4//system/callbackkey/index.rails"


def test_a_message_says_which_record_changed():
    said = parse(message(URL))
    assert (said.type, said.action, said.record_id) == ("ticket", "updated", 7)
    assert said.message_id == "00000000-0000-0000-0000-000000000003"
    assert said.key_url == URL


def test_a_deleted_record_has_no_entity():
    said = parse(message(URL, Action="deleted", Entity=None))
    assert (said.action, said.record_id) == ("deleted", 7)


def test_a_message_without_an_id_is_known_by_its_bytes():
    first = parse(message(URL, MessageId=None))
    assert first.message_id == parse(message(URL, MessageId=None)).message_id
    assert first.message_id != parse(message(URL, MessageId=None, ID=8)).message_id


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b"\xff\xfe",
        b'{"Action":"updated"}',
        message(URL, ID="7"),
        message(URL, ID=0),
        message(URL, ID=2**31),
        message(URL, Action="dropped"),
        message(URL, Type="ticket'; drop table"),
        message(URL, Type="x" * 200),
        message(URL, Metadata=None),
        message(URL, Metadata={}),
    ],
)
def test_anything_else_is_refused(body):
    with pytest.raises(CallbackRefusedError):
        parse(body)
