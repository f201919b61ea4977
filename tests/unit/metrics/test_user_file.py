"""The users' file is read with its lines, and no trick of YAML means anything in it."""

from pathlib import Path

import pytest

from pipelines.metrics.user_file import read_user_file

GOOD = """\
metrics:
  - name: a
    label: A
    unit: tickets
    formula: x + 1
    filters:
      - board = 'Help Desk'
"""


def read(tmp_path: Path, text: str | bytes):
    file = tmp_path / "metrics.yml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    written, problems = read_user_file(file)
    return written, [problem.text for problem in problems]


def test_a_metric_is_read_with_its_lines(tmp_path: Path) -> None:
    ((one,), problems) = read(tmp_path, GOOD)
    assert problems == []
    assert one.line == 2
    assert one.texts["formula"] == "x + 1"
    assert one.filters == ((7, "board = 'Help Desk'"),)


def test_no_file_and_an_empty_one_hold_no_metric(tmp_path: Path) -> None:
    assert read_user_file(tmp_path / "none.yml") == ([], [])
    assert read(tmp_path, "# nothing yet\n") == ([], [])


def test_one_bad_metric_leaves_the_others(tmp_path: Path) -> None:
    written, problems = read(
        tmp_path, GOOD + "  - name: b\n    label: B\n    unit: x\n"
    )
    assert [one.texts["name"] for one in written] == ["a"]
    assert problems == ["metrics.yml line 8: a metric needs 'formula'"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("metrics: [", "line 1: this is not YAML"),
        ("a: 1\n", "one list, called metrics"),
        ("metrics: {a: 1}\n", "one list, called metrics"),
        ("- a\n", "line 1: keys and values"),
        ("metrics:\n  - a\n", "line 2: keys and values"),
        ("metrics:\n  - {name: a, sql: select 1}\n", "line 2: 'sql' is none of"),
        ("metrics:\n  - {name: a, name: b}\n", "line 2: 'name' is there twice"),
        ("metrics:\n  - {name: [a]}\n", "line 2: a plain value is expected"),
        (GOOD.replace("- board = 'Help Desk'", "board"), "filters are a list"),
        (b"\xff\xfe\x00", "not UTF-8"),
        ("metrics:\n  - name: !!python/object/apply:os.system [id]\n", "plain value"),
        ("x" * 300_000, "at most 262,144 bytes"),
        ("metrics:\n" + "  - {name: a}\n" * 201, "at most 200 metrics"),
        ("metrics: &a\n  - *a\n", "line"),
        ("a: 1\n---\nb: 2\n", "not YAML"),
    ],
)
def test_what_cannot_be_used_is_told_in_a_sentence(tmp_path, text, sentence) -> None:
    written, problems = read(tmp_path, text)
    assert written == []
    assert sentence in problems[0]
    assert problems[0].startswith("metrics.yml")
