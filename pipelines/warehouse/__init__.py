"""DuckDB: opening the files, publishing the read-only copy, asking questions of it.

The only room that imports ``duckdb``. What tables mean is dbt's business, what is
loaded is ingest's; here are only files, locks and read-only queries.
"""
