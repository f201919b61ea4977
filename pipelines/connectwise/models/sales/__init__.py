"""Sales to come."""
