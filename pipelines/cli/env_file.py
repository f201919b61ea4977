"""The credentials' part of ``.env``: what is asked, its form, and how it is written.

The file is written whole beside the old one and renamed, with mode 0600 from the
first byte on, so that no other user of the machine can read it at any time.
"""

import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
KEY = re.compile(r"[A-Za-z0-9]+")
COMPANY = re.compile(r"[^\s+:'\"\\#$]+")
URL = re.compile(r"(https?://)?[A-Za-z0-9.-]+(:\d+)?(/[A-Za-z0-9._/-]*)?")
PRIVATE_MODE = 0o600


@dataclass(frozen=True, slots=True)
class Question:
    """One value to ask for.

    Attributes:
        form: what the whole answer must match.
        remedy: said when it does not; never repeats the answer.
    """

    variable: str
    text: str
    form: re.Pattern[str]
    remedy: str
    secret: bool = False
    default: str | None = None

    def complaint(self, answer: str) -> str | None:
        """Why ``answer`` cannot be right, or None."""
        return None if self.form.fullmatch(answer) else self.remedy


QUESTIONS = (
    Question(
        "CW_BASE_URL",
        "Address where you log in to ConnectWise",
        URL,
        "Give a host such as https://na.myconnectwise.net, without spaces.",
        default="https://na.myconnectwise.net",
    ),
    Question(
        "CW_COMPANY_ID",
        "Company id (the first field of the login page)",
        COMPANY,
        "The company id has no spaces, quotes, + or : in it.",
    ),
    Question(
        "CW_PUBLIC_KEY",
        "Public key of the API member (not shown)",
        KEY,
        "A public key has only letters and digits.",
        secret=True,
    ),
    Question(
        "CW_PRIVATE_KEY",
        "Private key (not shown)",
        KEY,
        "A private key has only letters and digits.",
        secret=True,
    ),
    Question(
        "CW_CLIENT_ID",
        "clientId from developer.connectwise.com (not shown)",
        GUID,
        "A clientId looks like 00000000-0000-0000-0000-000000000000.",
        secret=True,
    ),
)


def render(before: str, answers: dict[str, str]) -> str:
    """The new text: old lines that set other variables, then the answers."""
    kept = [line for line in before.splitlines() if variable_of(line) not in answers]
    # Single quotes: nothing inside them is expanded when the file is read.
    new = [f"{name}='{value}'" for name, value in answers.items()]
    return "\n".join([*kept, *new]) + "\n"


def write_private(path: Path, text: str) -> None:
    """Replace ``path`` in one step by a file that only its owner may read."""
    # mkstemp creates with mode 0600.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(PRIVATE_MODE)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def variable_of(line: str) -> str:
    """The name that a line of the file sets."""
    return line.removeprefix("export ").partition("=")[0].strip()
