"""A ConnectWise PSA that runs on this machine: the fake that everything is tried on.

Here live the server (``server``, then ``reading`` and ``writing``), the ``store`` under
it, the ``control`` over it, what spoils it (``faults``, ``disturbances``, ``roles``),
what moves it (``changes``, ``live``) and, in ``generate``, the simulated MSP. It never
imports ``pipelines.connectwise``, so that the fake cannot share the client's mistakes.
Run it alone: ``python -m pipelines.sandbox WORLD.sqlite``.
"""
