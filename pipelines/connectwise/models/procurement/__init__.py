"""The catalogue, what was sold of it, and what was ordered."""
