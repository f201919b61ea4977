"""From page bytes to typed rows, whatever a page holds."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from pipelines.connectwise import Page
from pipelines.connectwise.entities import ENTITIES
from pipelines.ingest.decode import Decoded, PageDecoder
from pipelines.ingest.shapes import shape_of

SYNCED = datetime(2026, 3, 31, 21, tzinfo=UTC)
TICKETS = ENTITIES["service_tickets"]
HOUR = 3_600_000_000


def ticket(**fields: Any) -> dict[str, Any]:
    link = "https://api.example/v2026_4/apis/3.0//service/boards/1"
    return {
        "id": 7,
        "summary": "Printer on fire",
        "board": {"id": 1, "name": "Help Desk", "_info": {"board_href": link}},
        "closedFlag": False,
        "actualHours": 0.25,
        "_info": {"lastUpdated": "2026-03-01T10:00:00Z", "notes_href": link},
        **fields,
    }


def page_of(*records: Any) -> Page:
    content = json.dumps(records).encode()
    return Page(
        path=TICKETS.path,
        number=1,
        content=content,
        server_date=SYNCED,
        request_id=None,
        row_count=len(records),
    )


def decode(*records: Any, entity: Any = TICKETS, parent: int | None = None) -> Decoded:
    decoder = PageDecoder(entity)
    return decoder.decode(page_of(*records), synced_at=SYNCED, parent_id=parent)


def only(decoded: Decoded) -> dict[str, Any]:
    (row,) = decoded.rows.to_pylist()
    return row


def test_values_land_typed_and_references_flattened():
    row = only(decode(ticket()))
    assert row["id"] == 7
    assert row["board__name"] == "Help Desk"
    assert row["closed_flag"] is False
    assert row["actual_hours"] == 0.25
    assert row["_info__last_updated"] == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert row["_synced_at"] == SYNCED


def test_fields_that_the_api_omits_are_null_and_still_columns():
    decoded = decode(ticket())
    assert decoded.rows.schema.equals(shape_of(TICKETS).schema)
    assert only(decoded)["closed_date"] is None


@pytest.mark.parametrize("number", [9007199254740993, 2**63 - 1, -(2**63)])
def test_integers_are_exact(number):
    assert only(decode(ticket(id=number)))["id"] == number


def test_links_do_not_land_and_are_no_drift():
    decoded = decode(ticket())
    assert decoded.unknown == ()
    assert only(decoded)["_extra"] is None


def test_unknown_fields_are_kept_in_extra_and_reported():
    decoded = decode(ticket(mood="calm", board={"id": 1, "colour": {"hex": "#f00"}}))
    assert json.loads(only(decoded)["_extra"]) == {
        "mood": "calm",
        "board": {"colour": {"hex": "#f00"}},
    }
    assert {one.path for one in decoded.unknown} == {"mood", "board/colour"}


def test_a_tenant_may_spell_a_name_in_another_case():
    sent = [
        ticket(id=key, status={"id": 2, name: 3})
        for key, name in enumerate(("Sort", "sort"), start=1)
    ]
    decoder = PageDecoder(TICKETS)
    for records in ([sent[0]], [sent[1]], sent, [sent[0]]):
        decoded = decoder.decode(page_of(*records), synced_at=SYNCED)
        assert set(decoded.rows.column("status__sort").to_pylist()) == {3}
        assert decoded.rows.column("_extra").null_count == len(records)
        assert decoded.unknown == ()
    one, other = decode(sent[0]), decode({**sent[1], "id": 1})
    assert only(one)["_row_hash"] == only(other)["_row_hash"]


def test_of_two_spellings_in_one_record_the_model_s_counts():
    decoded = decode(ticket(status={"sort": 1, "Sort": 3}))
    assert only(decoded)["status__sort"] == 3
    assert json.loads(only(decoded)["_extra"]) == {"status": {"sort": 1}}


def test_a_cell_that_does_not_fit_quarantines_its_record_only():
    decoded = decode(ticket(id=1), ticket(id=2, closedFlag="perhaps"), ticket(id=3))
    assert decoded.rows.column("id").to_pylist() == [1, 3]
    (refused,) = decoded.quarantined
    assert refused.record_id == 2
    assert "closedFlag" in refused.error
    assert json.loads(refused.record)["closedFlag"] == "perhaps"


@pytest.mark.parametrize(
    ("json_text", "record_id", "said"),
    [
        ('{"summary": "no id"}', None, "id: Field required"),
        ('{"id": null}', None, "id: Field required"),
        ('{"id": 123456789012345678901234}', None, "id: Input should be less"),
        ('{"id": 5, "actualHours": 1e999}', None, "Number out of range"),
        ('{"id": 5, "board": {"id": 9223372036854775808}}', 5, "board/id"),
        ('{"id": 5, "dateResolved": "0000-01-01T00:00:00Z"}', 5, "year 0"),
        ("5", None, "valid dictionary"),
    ],
)
def test_no_record_however_odd_fails_its_page(json_text, record_id, said):
    content = f'[{json_text}, {{"id": 9}}]'.encode()
    page = replace(page_of(), content=content, row_count=2)
    decoded = PageDecoder(TICKETS).decode(page, synced_at=SYNCED)
    assert only(decoded)["id"] == 9
    (refused,) = decoded.quarantined
    assert refused.record_id == record_id
    assert said in refused.error
    assert refused.record == json_text


def test_passwords_stay_out_of_the_quarantine_which_is_published():
    field = {"id": 1, "type": "Password", "value": "hunter2"}
    contact = {
        "id": 5,
        "inactiveFlag": "perhaps",
        "portalPassword": "hunter2",
        "customFields": [field],
    }
    (refused,) = decode(contact, entity=ENTITIES["contacts"]).quarantined
    assert json.loads(refused.record)["inactiveFlag"] == "perhaps"
    assert "hunter2" not in refused.record


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00", "9999-12-31T23:59:59"])
@pytest.mark.parametrize("zone", ["", "Z", "+05:00", "-05:00"])
def test_the_first_and_the_last_year_land(moment, zone):
    decoded = decode(ticket(dateResolved=moment + zone))
    assert decoded.quarantined == ()
    column = decoded.rows.column("date_resolved")
    offset = {"+05:00": -5, "-05:00": 5}.get(zone, 0)
    bare = decode(ticket(dateResolved=moment + "Z")).rows.column("date_resolved")
    hours = pc.divide(pc.subtract(column.cast("int64"), bare.cast("int64")), HOUR)
    assert hours.to_pylist() == [offset]


def test_what_the_model_can_read_lands_even_if_the_fast_way_cannot():
    row = only(decode(ticket(requiredDate="2026-04-01", company=None)))
    assert row["required_date"] == datetime(2026, 4, 1, tzinfo=UTC)
    assert row["company__id"] is None


def test_custom_field_values_of_any_type_land_as_text():
    values = ["text", 10**23, 1.5, True, None]
    fields = [{"id": n, "value": value} for n, value in enumerate(values)]
    children = decode(ticket(customFields=fields)).children
    rows = children["service_tickets__custom_fields"].to_pylist()
    assert [row["value"] for row in rows] == ["text", f"{10**23}", "1.5", "true", None]
    assert {row["_parent_id"] for row in rows} == {7}
    assert [row["_position"] for row in rows] == [0, 1, 2, 3, 4]


def test_lists_of_scalars_become_rows():
    children = decode(ticket(integratorTags=["a", "b"])).children
    rows = children["service_tickets__integrator_tags"].to_pylist()
    assert [(row["_position"], row["value"]) for row in rows] == [(0, "a"), (1, "b")]


def test_children_of_a_parent_carry_its_id():
    statuses = ENTITIES["board_statuses"]
    row = only(decode({"id": 3, "name": "New"}, entity=statuses, parent=11))
    assert row["_parent_id"] == 11


def test_the_hash_does_not_follow_links_nor_the_order_of_keys():
    moved = json.loads(json.dumps(ticket()).replace("v2026_4", "v2027_1"))
    shuffled = dict(reversed(moved.items()))
    assert only(decode(ticket()))["_row_hash"] == only(decode(shuffled))["_row_hash"]


@pytest.mark.parametrize(
    "change",
    [
        {"summary": "Printer out"},
        {"actualHours": 0.5},
        {"board": {"id": 2, "name": "Help Desk"}},
        {"customFields": [{"id": 1, "value": "x"}]},
        {"integratorTags": ["a"]},
        {"mood": "calm"},
    ],
)
def test_the_hash_follows_every_value_that_lands(change):
    before, after = only(decode(ticket())), only(decode(ticket(**change)))
    assert before["_row_hash"] != after["_row_hash"]


def test_an_empty_page_gives_empty_tables_of_the_right_shape():
    decoded = decode()
    assert decoded.rows.num_rows == 0
    assert {name: table.schema for name, table in decoded.children.items()} == {
        child.table: child.schema for child in shape_of(TICKETS).children
    }


def test_nul_characters_and_astral_text_survive():
    text = "a\u0000b 🖨️ ‮مرحبا =HYPERLINK(1)"  # noqa: PLE2502 - on purpose
    assert only(decode(ticket(summary=text)))["summary"] == text


@pytest.mark.parametrize("name", sorted(ENTITIES))
def test_every_entity_has_a_shape_that_arrow_accepts(name):
    shape = shape_of(ENTITIES[name])
    for table, schema in shape.tables.items():
        assert len(set(schema.names)) == len(schema.names), table
        assert isinstance(schema.empty_table(), pa.Table)


def test_the_hash_does_not_follow_the_order_of_unknown_keys():
    one = only(decode(ticket(mood="calm", weather="dry")))
    other = only(decode(ticket(weather="dry", mood="calm")))
    assert one["_row_hash"] == other["_row_hash"]
