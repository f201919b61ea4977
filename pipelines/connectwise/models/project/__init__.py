"""Projects and the work inside them."""
