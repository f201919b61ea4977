"""ConnectWise PSA to DuckDB marts: extract, load, transform, check, publish, report.

``docs/architecture.md`` draws the rooms of this package and who may import whom.
"""
