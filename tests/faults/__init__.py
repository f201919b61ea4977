"""Faults on purpose, and proof that nothing is lost by them.

``scenarios`` lists what can go wrong and does it to one extraction; ``campaign`` runs
all of it with many seeds and prints the report (``make test-faults``). A handful of
seeds runs with the other tests, in ``tests/integration/test_faults.py``.
"""
