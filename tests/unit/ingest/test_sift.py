"""Only what is new or changed goes on, with what belongs to it."""

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.connectwise.entities import ENTITIES
from pipelines.ingest.shapes import shape_of
from pipelines.ingest.sift import Sieve
from tests.unit.ingest.test_decode import decode, ticket

SHAPE = shape_of(ENTITIES["service_tickets"])
TAGS = "service_tickets__integrator_tags"


class Known:
    """Stands for the destination's hashes."""

    def __init__(self, **hashes: str | None) -> None:
        self._hashes = {int(key[1:]): value for key, value in hashes.items()}

    def of(self, ids: pa.Array) -> dict[int, str | None]:
        return {
            key: self._hashes[key] for key in ids.to_pylist() if key in self._hashes
        }


def hash_of(record: dict) -> str:
    (value,) = decode(record).rows.column("_row_hash").to_pylist()
    return value


def test_a_first_load_keeps_all_and_calls_them_new():
    sifted = Sieve(SHAPE, None).sift(decode(ticket(id=1), ticket(id=2)))
    assert (sifted.new, sifted.changed) == (2, 0)


def test_rows_with_the_destination_s_hash_are_dropped():
    known = Known(_1=hash_of(ticket(id=1)))
    sifted = Sieve(SHAPE, known).sift(decode(ticket(id=1)))
    assert sifted.tables["service_tickets"].num_rows == 0
    assert (sifted.new, sifted.changed) == (0, 0)


def test_other_content_under_a_known_key_is_a_change():
    sifted = Sieve(SHAPE, Known(_1="another")).sift(decode(ticket(id=1)))
    assert (sifted.new, sifted.changed) == (0, 1)


def test_rows_of_a_load_that_did_not_complete_are_loaded_again():
    sifted = Sieve(SHAPE, Known(_1=None)).sift(decode(ticket(id=1)))
    assert sifted.tables["service_tickets"].num_rows == 1


def test_what_is_appended_brings_no_record_that_is_there():
    sieve = Sieve(SHAPE, Known(_1="another"), appends=True)
    sifted = sieve.sift(decode(ticket(id=1), ticket(id=2)))
    assert sifted.tables["service_tickets"].column("id").to_pylist() == [2]
    assert sifted.tables[TAGS].filter(pc.field("_removed")).num_rows == 0


def test_repeats_are_dropped_within_a_page_and_across_pages():
    sieve = Sieve(SHAPE, None)
    first = sieve.sift(decode(ticket(id=1), ticket(id=1, summary="later")))
    again = sieve.sift(decode(ticket(id=1, summary="later still"), ticket(id=2)))
    assert first.tables["service_tickets"].column("summary").to_pylist() == [
        "Printer on fire"
    ]
    assert again.tables["service_tickets"].column("id").to_pylist() == [2]


def test_child_rows_follow_their_record():
    known = Known(_1=hash_of(ticket(id=1, integratorTags=["a"])))
    page = decode(
        ticket(id=1, integratorTags=["a"]), ticket(id=2, integratorTags=["b"])
    )
    rows = Sieve(SHAPE, known).sift(page).tables[TAGS].to_pylist()
    assert [(row["_parent_id"], row["value"]) for row in rows] == [(2, "b")]


def test_a_list_that_became_empty_leaves_a_removal_marker():
    rows = Sieve(SHAPE, Known(_1="with tags")).sift(decode(ticket(id=1))).tables[TAGS]
    (marker,) = rows.to_pylist()
    assert (marker["_parent_id"], marker["_removed"]) == (1, True)


def test_a_record_repeated_within_a_page_brings_its_child_rows_once():
    first = ticket(id=1, integratorTags=["a"])
    later = ticket(id=1, integratorTags=["b", "c"])
    tables = Sieve(SHAPE, None).sift(decode(first, later)).tables
    assert tables["service_tickets"].num_rows == 1
    assert tables[TAGS].column("value").to_pylist() == ["a"]
