"""A ConnectWise PSA that runs on this machine: the fake that everything is tried on.

Here live the server (``server``, ``routes`` and what they call), the store it reads
and, in ``generate``, the simulated MSP that fills it. It is written from the vendor's
contract and never imports ``pipelines.connectwise``, so that the fake cannot share
the client's mistakes. Run it alone: ``python -m pipelines.sandbox WORLD.sqlite``.
"""
