"""Everything the rest of the house needs to know about the dbt project.

Where it lies, with which environment and arguments it is started, what its last run
said, and the two files that are rendered rather than written: the source list (from
the entity registry) and the data dictionary (from the manifest). Orchestration hands
exactly these to dagster-dbt. No SQL lives here, and nothing here opens DuckDB.
"""
