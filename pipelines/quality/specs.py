"""Which checks there are, for whoever must declare them before they run.

Costs no import of Great Expectations. Every fact and dimension gets what its columns
allow to be asked (``common``); a mart with questions of its own has a file in
``suites``, which is named in ``OWN``.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from pipelines.observability.outcomes import Severity
from pipelines.quality.common import Columns, common_frames
from pipelines.quality.rules import Suite
from pipelines.quality.suites import fct_ticket, fct_time_entry

OWN: Final[tuple[Suite, ...]] = (fct_ticket.SUITE, fct_time_entry.SUITE)


def suites(marts: Mapping[str, Columns]) -> tuple[Suite, ...]:
    """The suite of every mart, own questions first.

    Args:
        marts: columns by ``schema.table``.
    """
    own = {suite.asset: suite.frames for suite in OWN}
    return tuple(
        Suite(asset, (*own.get(asset, ()), *common_frames(asset, columns)))
        for asset, columns in sorted(marts.items())
    )


def check_specs(checked: Iterable[Suite]) -> list[tuple[str, str, Severity]]:
    """``(asset, name, severity)`` of every outcome that ``run_suites`` returns."""
    return [
        (suite.asset, rule.name, rule.severity)
        for suite in checked
        for rule in suite.rules
    ]
