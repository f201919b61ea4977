"""Reports for people, made from the published copy alone.

``catalogue`` says which there are, ``builder`` makes the files. Figures come from
``rpt_*`` tables as they are: a formula belongs in dbt, not here.
"""
