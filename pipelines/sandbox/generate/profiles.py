"""How large each simulated MSP is.

A profile only holds sizes and rates; what the firm looks like is in ``firm``, what
happens to it is in the other modules. ``small`` is what ``cwp run`` starts with,
``tiny`` is for tests.
"""

from dataclasses import dataclass

from pipelines.errors import SandboxError


@dataclass(frozen=True, slots=True)
class Profile:
    """Sizes of one world.

    ``tickets`` counts service and project tickets together, which share one id
    sequence. ``dirt_scale`` multiplies the quota of each kind of dirt.
    """

    name: str
    companies: int
    members: int
    tickets: int
    time_entries: int
    projects: int
    years: int
    project_ticket_share: float
    busy_ticket_entries: int
    dirt_scale: float
    session_scale: float
    minutes_scale: float
    days_off: tuple[int, int]
    overtime_days: int
    visited_companies: int


PROFILES = {
    profile.name: profile
    for profile in (
        Profile(
            name="tiny",
            companies=8,
            members=5,
            tickets=300,
            time_entries=500,
            projects=5,
            years=1,
            project_ticket_share=0.12,
            busy_ticket_entries=12,
            dirt_scale=0.2,
            session_scale=0.3,
            minutes_scale=1.0,
            days_off=(3, 1),
            overtime_days=28,
            visited_companies=1,
        ),
        Profile(
            name="small",
            companies=60,
            members=12,
            tickets=15_000,
            time_entries=25_000,
            projects=40,
            years=3,
            project_ticket_share=0.05,
            busy_ticket_entries=200,
            dirt_scale=1.0,
            session_scale=0.9,
            minutes_scale=1.0,
            days_off=(15, 4),
            overtime_days=182,
            visited_companies=6,
        ),
        Profile(
            name="medium",
            companies=250,
            members=45,
            tickets=150_000,
            time_entries=300_000,
            projects=250,
            years=3,
            project_ticket_share=0.04,
            busy_ticket_entries=5_000,
            dirt_scale=4.0,
            session_scale=1.0,
            minutes_scale=0.75,
            days_off=(15, 4),
            overtime_days=182,
            visited_companies=24,
        ),
        Profile(
            name="large",
            companies=1_200,
            members=150,
            tickets=700_000,
            time_entries=1_200_000,
            projects=1_200,
            years=3,
            project_ticket_share=0.035,
            busy_ticket_entries=5_000,
            dirt_scale=10.0,
            session_scale=0.95,
            minutes_scale=0.55,
            days_off=(15, 4),
            overtime_days=182,
            visited_companies=90,
        ),
    )
}


def profile_named(name: str) -> Profile:
    """The profile of that name.

    Raises:
        SandboxError: there is none.
    """
    try:
        return PROFILES[name]
    except KeyError:
        known = ", ".join(PROFILES)
        message = f"There is no sandbox profile {name!r}; choose one of {known}."
        raise SandboxError(message) from None
