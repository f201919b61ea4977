"""What may go wrong with a question about metrics, each told in one sentence.

MetricError              the question or the definition cannot be used
└── UnknownNameError     a metric or dimension that is not there
"""

from pipelines.errors import PipelinesError


class MetricError(PipelinesError):
    """A metric, or a question about it, cannot be used as it is written."""


class UnknownNameError(MetricError):
    """There is no metric or dimension of that name."""
