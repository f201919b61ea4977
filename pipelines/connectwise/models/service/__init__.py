"""Tickets, boards and what rules them."""
