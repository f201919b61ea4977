"""Callbacks: what ConnectWise tells by itself, and how to ask it to.

``payload`` reads a message, ``signature`` and ``keys`` prove that it is ConnectWise's,
``types`` says which lists a message is about, ``registrar`` is the one class that may
write to a tenant. A message is a hint, never data: its record is read again.
"""
