"""PATCH: a list of operations on one record, in the API's own dialect.

An operation has ``op`` (``add``, ``replace``, ``remove``), ``path`` and ``value``. A
path is case-sensitive, with or without a slash in front; below a name it steps into
an object or, by number, into a list. What the result must fulfil is ``writing``'s.
"""

import copy
from typing import Any

import msgspec

from pipelines.sandbox.errors import unpatchable

Record = dict[str, Any]


class Operation(msgspec.Struct, frozen=True):
    """One operation of a PATCH body."""

    op: str
    path: str
    value: Any = None


def patched(record: Record, operations: list[Operation]) -> Record:
    """The record after all operations; the one given stays as it is.

    Raises:
        Refusal: 400, an operation cannot be carried out.
    """
    result = copy.deepcopy(record)
    for operation in operations:
        _apply(result, operation)
    return result


def _apply(record: Record, operation: Operation) -> None:
    *above, last = operation.path.strip("/").split("/")
    holder: Any = record
    for name in above:
        holder = _step(holder, name, operation.path)
    match operation.op:
        case "replace" | "add" if isinstance(holder, list):
            _put(holder, last, operation)
        case "replace" | "add" if isinstance(holder, dict):
            holder[last] = operation.value
        case "remove" if isinstance(holder, list):
            del holder[_index(last, len(holder) - 1, operation.path)]
        case "remove" if isinstance(holder, dict):
            holder[last] = None
        case _:
            raise unpatchable(operation.path)


def _step(holder: Any, name: str, path: str) -> Any:
    if isinstance(holder, list):
        return holder[_index(name, len(holder) - 1, path)]
    if isinstance(holder, dict):
        return holder.setdefault(name, {})
    raise unpatchable(path)


def _put(holder: list[Any], last: str, operation: Operation) -> None:
    if operation.op == "replace":
        holder[_index(last, len(holder) - 1, operation.path)] = operation.value
    else:
        index = (
            len(holder) if last == "-" else _index(last, len(holder), operation.path)
        )
        holder.insert(index, operation.value)


def _index(name: str, highest: int, path: str) -> int:
    if not name.isdecimal() or int(name) > highest:
        raise unpatchable(path)
    return int(name)
