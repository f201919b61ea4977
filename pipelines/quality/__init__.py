"""Great Expectations suites as code, run on the candidate before it is published.

Volume, ranges, shares and plausibility of marts belong here and warn; keys, row
conservation and contracts are dbt tests and block. Great Expectations itself is
imported by ``runner`` only, and only while suites run.
"""
