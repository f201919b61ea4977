"""A certificate for the sandbox's https, made for the occasion."""

from dataclasses import dataclass
from pathlib import Path

_NAMES = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Certificate:
    """Files of a server certificate, and of the authority that clients must trust."""

    authority: Path
    chain: Path
    key: Path


def make_certificate(folder: Path) -> Certificate:
    """Write a new authority and a certificate for this machine's loopback names."""
    import trustme

    authority = trustme.CA()
    issued = authority.issue_cert(*_NAMES)
    made = Certificate(folder / "ca.pem", folder / "server.pem", folder / "server.key")
    authority.cert_pem.write_to_path(made.authority)
    for blob in issued.cert_chain_pems:
        blob.write_to_path(made.chain, append=True)
    issued.private_key_pem.write_to_path(made.key)
    return made
