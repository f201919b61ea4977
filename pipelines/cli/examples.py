"""The examples under each verb's help, in one form.

``docs/reference/cli.md`` is generated from the same text.
"""


def examples(*lines: str) -> str:
    """An epilog that shows ``lines`` as typed; the marker keeps them unwrapped."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)
