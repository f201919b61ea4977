"""The vendor's rule of signatures, against a value made by OpenSSL."""

from pipelines.connectwise.callbacks.signature import is_signed, signature_of

BODY, KEY = b'{"ID":1}', "signing-key-1"
# printf '{"ID":1}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:$(sha256 of KEY)
SIGNATURE = "W9YhJE0MTJE48oV8yrWOtMwxXgGfBmEd8JjfhmOAsvA="


def test_a_signature_is_that_of_openssl():
    assert signature_of(BODY, KEY) == SIGNATURE
    assert is_signed(BODY, signature=SIGNATURE, signing_key=KEY)


def test_another_body_key_or_signature_is_refused():
    assert not is_signed(BODY + b" ", signature=SIGNATURE, signing_key=KEY)
    assert not is_signed(BODY, signature=SIGNATURE, signing_key="signing-key-2")
    for wrong in ("", SIGNATURE[:-1], SIGNATURE.lower(), "é", "@" * 10_000):
        assert not is_signed(BODY, signature=wrong, signing_key=KEY)
