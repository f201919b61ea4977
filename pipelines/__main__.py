"""``python -m pipelines`` and the ``cwp`` command."""


def main() -> None:
    """Hand over to the command line."""
    from pipelines.cli.app import run

    run()


if __name__ == "__main__":
    main()
