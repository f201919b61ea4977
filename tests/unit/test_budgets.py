"""The sizes that keep the code readable: functions, files, models.

A function's length counts from ``def`` to its last line, docstring included.
"""

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

from pipelines.settings import PROJECT_DIR

FUNCTION_MEDIAN, FUNCTION_P95, FUNCTION_MAX = 12, 40, 60
FILE_P95, FILE_MAX = 400, 500
STAGING_MAX, MODEL_MAX = 80, 150

SOURCES = sorted((PROJECT_DIR / "pipelines").rglob("*.py"))
MODELS = PROJECT_DIR / "dbt_project" / "models"


def functions(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            name = f"{path.relative_to(PROJECT_DIR)}:{node.lineno} {node.name}"
            yield node.end_lineno - node.lineno + 1, name


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def share_above(sizes: list[int], limit: int) -> float:
    return sum(size > limit for size in sizes) / len(sizes)


def over(sized: list[tuple[int, str]], limit: int) -> list[tuple[int, str]]:
    return sorted(((size, name) for size, name in sized if size > limit), reverse=True)


def test_functions_are_short() -> None:
    sized = [item for path in SOURCES for item in functions(path)]
    sizes = [size for size, _ in sized]
    assert over(sized, FUNCTION_MAX) == []
    assert share_above(sizes, FUNCTION_P95) <= 0.05, over(sized, FUNCTION_P95)
    assert statistics.median(sizes) <= FUNCTION_MEDIAN


def test_files_are_short() -> None:
    sized = [(lines(path), str(path.relative_to(PROJECT_DIR))) for path in SOURCES]
    assert over(sized, FILE_MAX) == []
    sizes = [size for size, _ in sized]
    assert share_above(sizes, FILE_P95) <= 0.05, over(sized, FILE_P95)


def test_models_are_short() -> None:
    sized = [
        (lines(path), MODEL_MAX if "staging" not in path.parts else STAGING_MAX, path)
        for path in MODELS.rglob("*.sql")
    ]
    assert sized
    assert [(size, str(path)) for size, limit, path in sized if size > limit] == []


def test_every_module_says_what_belongs_there() -> None:
    silent = [
        str(path.relative_to(PROJECT_DIR))
        for path in SOURCES
        if ast.get_docstring(ast.parse(path.read_text("utf-8"))) is None
    ]
    assert silent == []
