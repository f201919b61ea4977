"""Agreements and invoices."""
