"""What extraction costs, beside what other ways to do it cost.

``python -m benchmarks`` (``make bench``) measures and writes ``docs/benchmarks.md``.
Nothing of the product imports from here.
"""
