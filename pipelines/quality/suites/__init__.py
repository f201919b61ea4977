"""One file per mart, each with one ``SUITE``; ``specs`` lists them all."""
