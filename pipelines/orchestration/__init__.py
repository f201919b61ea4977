"""Dagster: assets, checks, jobs, schedules, sensors. The only room that knows it.

An asset's body is a call into plain code of a lower room; ``definitions.py`` builds
everything from settings, ``run.py`` runs a job once for the command line.
"""
