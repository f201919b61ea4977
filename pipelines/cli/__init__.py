"""The ``cwp`` command: one file per group of verbs, nothing but conversation.

A verb reads settings, calls one function of a room below and shows what came of it.
Heavy imports stay inside the verbs, so that ``cwp --help`` answers at once.
"""
