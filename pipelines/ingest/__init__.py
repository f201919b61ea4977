"""Extraction and load: ConnectWise pages into the raw schema, through dlt.

``source.py`` is where to start reading: one dlt resource per registry entity. Pages
become typed Arrow tables in ``decode.py``; nothing here knows Dagster or dbt.
"""
