"""One file per step of the flow; each makes Dagster assets from plain code."""
