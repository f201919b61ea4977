"""Routes, one file per group; what they do is called, not written, here."""
