"""Other ways to get tickets into DuckDB, each set up as its own documents recommend.

A peer is a program: ``python -m benchmarks.peers.<name> BASE_URL FOLDER``. It loads
what is new since its last call into ``FOLDER``.
"""
