"""From a record to all that came of it.

``trace.py`` follows one record from the API's answer to the rows of the marts. Replay
writes raw tables and lives in ``pipelines.ingest``.
"""
