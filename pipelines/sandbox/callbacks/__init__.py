"""The sandbox's side of callbacks: who asked for them, and how they are delivered.

``centre`` keeps the registrations and answers their routes, ``messages`` writes and
signs what is sent, ``deliveries`` sends it. What changed is told from outside, through
``Callbacks.on_change``.
"""
