"""Which checks there are, for whoever must declare them before they run.

Costs no import of Great Expectations. Add a mart's suite to ``SUITES``.
"""

from typing import Final

from pipelines.observability.outcomes import Severity
from pipelines.quality.rules import Suite
from pipelines.quality.suites import fct_ticket, fct_time_entry

SUITES: Final[tuple[Suite, ...]] = (fct_ticket.SUITE, fct_time_entry.SUITE)


def check_specs() -> list[tuple[str, str, Severity]]:
    """``(asset, name, severity)`` of every outcome that ``run_suites`` returns."""
    return [
        (suite.asset, rule.name, rule.severity)
        for suite in SUITES
        for rule in suite.rules
    ]
