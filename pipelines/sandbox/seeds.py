"""Chance that is none: the same parts always draw the same number."""

from hashlib import blake2b


def draw(*parts: object) -> float:
    """A number from 0 up to 1, fixed by its parts."""
    text = "\x1f".join(str(part) for part in parts)
    digest = blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64
