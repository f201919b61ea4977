"""Everything true of ConnectWise PSA, and nothing else.

The client, the conditions language, paging, the models of its records and the
registry of its entities. Knows nothing of dlt, Dagster, DuckDB or the sandbox.
"""

from pipelines.connectwise.pagination import Paging

__all__ = ["Paging"]
