"""What the stages of one run have read is told as one."""

from pipelines.observability.summary import EntitySummary, together


def test_stages_add_up() -> None:
    first = EntitySummary("service_tickets", "read", 10, 9, 1, 0.5)
    other = EntitySummary("boards", "read", 3, 3, 0, 0.1)
    older = EntitySummary("service_tickets", "read", 90, 80, 0, 1.5, "2 ranges")
    assert together([first, other, older]) == (
        EntitySummary("service_tickets", "read", 100, 89, 1, 2.0, "2 ranges"),
        other,
    )


def test_what_a_later_stage_skips_stays_read() -> None:
    first = EntitySummary("boards", "read", 3, 3, 0, 0.1, "all")
    later = EntitySummary("boards", "skipped", 0, 0, 0, 0.0, "not due")
    assert together([first, later]) == (first,)
