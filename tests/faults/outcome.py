"""What a scenario injected, and what it left behind."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Outcome:
    """One scenario's result.

    Attributes:
        scenario: name, with the seed where there is one.
        injected: faults that really hit.
        failed_runs: extractions that ended before their time.
        differing: entities whose raw tables differ from the store in the end.
        lost: rows of the store that the raw tables lack in the end.
        said: sentences of the runs that gave up.
    """

    scenario: str
    injected: int = 0
    failed_runs: int = 0
    differing: list[str] = field(default_factory=list)
    lost: int = 0
    said: list[str] = field(default_factory=list)

    @property
    def survived(self) -> bool:
        """Every table ended as the store has it, and nobody saw a stack trace."""
        return not self.differing and not self.lost
