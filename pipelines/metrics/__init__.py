"""KPIs: what the semantic manifest defines, compiled to SQL for the published copy.

The only room that knows MetricFlow. It reads the JSON that dbt wrote beside the marts,
lists the metrics and what they may be cut by, turns a question (metrics, dimensions,
filters, days) into SQL, and asks the published copy. Definitions live in
``dbt_project/semantic``; there is no formula here, and nothing here starts dbt.
"""
