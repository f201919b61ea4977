"""The HTTP API: what other systems tell the warehouse, and may ask of it.

``app.create_app(settings)`` builds it, ``serving`` runs it (``cwp api``), one file per
group of routes stands in ``routers``. It reads the published copy and the application
database, never the build file, and never starts a run: Dagster's sensors do.
"""
