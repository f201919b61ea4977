"""Rules that every model keeps, because breaking them is silent."""

import re
from pathlib import Path

import pytest

from pipelines.settings import PROJECT_DIR

PROJECT = PROJECT_DIR / "dbt_project"
MODELS = sorted((PROJECT / "models").rglob("*.sql"))
SQL = sorted(
    path
    for folder in ("models", "snapshots", "macros", "tests")
    for path in (PROJECT / folder).rglob("*.sql")
)


def code(path: Path) -> str:
    """The SQL without its comments."""
    text = re.sub(r"{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"--[^\n]*", "", text).lower()


def offenders(pattern: str, paths: list[Path] = SQL) -> list[str]:
    return [path.name for path in paths if re.search(pattern, code(path))]


def test_there_is_something_to_look_at() -> None:
    assert len(MODELS) > 140


def test_least_and_greatest_are_not_used_since_they_skip_nulls() -> None:
    assert offenders(r"\b(least|greatest)\s*\(") == []


def test_only_the_clock_knows_what_today_is() -> None:
    assert (
        offenders(
            r"\b(current_date|current_timestamp|current_localtimestamp|today\s*\(|now\s*\()"
        )
        == []
    )
    readers = offenders(r"source\('meta',\s*'as_of'\)")
    assert readers == ["int_core__as_of.sql"]


def test_every_alias_is_introduced_by_as() -> None:
    # `sum(x) hours` is a syntax error in DuckDB: hours, days, month are unit words.
    assert offenders(r"\)\s+(hours|minutes|days|day|month|week|year)\s*(,|\n)") == []


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_a_model_has_its_shape_and_its_yaml(path: Path) -> None:
    assert path.with_suffix(".yml").is_file()
    body = path.read_text(encoding="utf-8")
    (last,) = re.findall(r"select \* from (\w+)\n$", body)
    names = re.findall(r"^(?:with )?(\w+) as \($", body, flags=re.MULTILINE)
    assert names[-1] == last
    assert all(len(line) <= 88 for line in body.splitlines())


def test_staging_casts_every_column() -> None:
    staging = [path for path in MODELS if path.name.startswith("stg_")]
    bare = [
        f"{path.name}: {line.strip()}"
        for path in staging
        for line in re.findall(
            r"^        (?!--)(\w+(?: as \w+)?),?$", path.read_text(), flags=re.MULTILINE
        )
    ]
    assert bare == []


def test_staging_hides_deleted_records() -> None:
    staging = [path for path in MODELS if path.name.startswith("stg_")]
    assert [p.name for p in staging if "not_deleted(" not in p.read_text()] == []
