"""Was this body signed with that key? The vendor's rule, and nothing else.

``x-content-signature`` is base64 of HMAC-SHA256 over the raw body; its key is the
SHA-256 of the signing key's bytes. A body that was parsed and written again has
another signature, so only bytes as received come here.
"""

import hashlib
import hmac
from base64 import b64encode

HEADER = "x-content-signature"


def signature_of(body: bytes, signing_key: str) -> str:
    """The signature that ConnectWise would send with ``body``."""
    key = hashlib.sha256(signing_key.encode()).digest()
    return b64encode(hmac.digest(key, body, "sha256")).decode("ascii")


def is_signed(body: bytes, *, signature: str, signing_key: str) -> bool:
    """Whether ``signature`` belongs to ``body``; takes as long either way."""
    expected = signature_of(body, signing_key)
    return hmac.compare_digest(expected.encode(), signature.strip().encode())
