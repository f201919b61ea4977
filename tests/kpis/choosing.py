"""Which examples a verb of ``make`` is asked for."""

import argparse

from tests.support.kpis import Example, examples


def chosen_examples(verb: str, description: str | None) -> list[Example]:
    """Examples whose path has one of the command line's words in it, or all.

    Args:
        verb: how the command is called, for its help.
        description: what the command does.
    """
    parser = argparse.ArgumentParser(
        prog=verb,
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "words", metavar="WORD", nargs="*", help="part of an example's path"
    )
    words = parser.parse_args().words
    found = [
        one
        for one in examples()
        if not words or any(word in str(one) for word in words)
    ]
    if not found:
        parser.error(f"no example's path has {' or '.join(words)} in it")
    return found
