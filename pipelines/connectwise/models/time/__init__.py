"""Time and how it is classified."""
