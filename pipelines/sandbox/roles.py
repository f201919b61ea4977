"""Security roles: read from a file, checked, and joined with what faults take away.

A role hides fields, rows and endpoints; what it hides is applied by ``reading`` and
``security``.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import yaml

from pipelines.errors import SandboxError
from pipelines.sandbox.catalogue import schema_of
from pipelines.sandbox.compiler import Compiler
from pipelines.sandbox.errors import Refusal
from pipelines.sandbox.options import Role, SandboxOptions
from pipelines.sandbox.routes import route_of

_MONEY: Mapping[str, tuple[str, ...]] = {
    "/system/members": ("hourlyCost", "hourlyRate"),
    "/time/entries": ("hourlyCost", "hourlyRate"),
    "/finance/agreements": ("billAmount",),
    "/finance/agreements/{parent_id}/additions": ("unitCost", "extCost", "margin"),
    "/project/projects": ("billingAmount", "estimatedTimeCost"),
    "/procurement/products": ("cost", "extCost", "margin"),
}


def read_role(file: Path) -> Role:
    """Read a role from YAML or JSON.

    Raises:
        SandboxError: the file is not readable as a role, or names what is not there.
    """
    try:
        content: Any = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        role = msgspec.convert(content, _RoleFile)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise SandboxError(
            f"The role {file}{where} cannot be read: it is neither YAML nor JSON."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SandboxError(f"The role {file} cannot be read: {error}.") from None
    except msgspec.ValidationError as error:
        raise SandboxError(f"The role {file.name} is not a role: {error}.") from None
    _check(role, file.name)
    return Role(
        hidden_fields={_template(p): f for p, f in role.hidden_fields.items()},
        hidden_rows={_template(p): c for p, c in role.hidden_rows.items()},
        denied=role.denied,
    )


def effective_role(options: SandboxOptions) -> Role:
    """The role of the options with what their named faults take away besides."""
    role = options.role
    board = int(options.amount_of("denied-board"))
    hides_money = bool(options.amount_of("hidden-fields"))
    if not board and not hides_money:
        return role
    rows, denied = dict(role.hidden_rows), role.denied
    if board:
        for path in ("/service/tickets", "/project/tickets"):
            own = f"board/id = {board}"
            rows[path] = f"({rows[path]}) or {own}" if path in rows else own
        denied = (*denied, f"/service/boards/{board}")
    fields = {**(_MONEY if hides_money else {}), **role.hidden_fields}
    return Role(hidden_fields=fields, hidden_rows=rows, denied=denied)


class _RoleFile(msgspec.Struct, forbid_unknown_fields=True):
    """A role as it is written."""

    hidden_fields: dict[str, tuple[str, ...]] = {}
    hidden_rows: dict[str, str] = {}
    denied: tuple[str, ...] = ()


def _check(role: _RoleFile, name: str) -> None:
    for path in (*role.hidden_fields, *role.hidden_rows):
        if route_of(path) is None:
            message = f"The role {name} names {path}, which is no list of the sandbox."
            raise SandboxError(message)
    for path, fields in role.hidden_fields.items():
        unknown = [f for f in fields if f.lower() not in _schema(path).fields]
        if unknown:
            message = f"The role {name} names fields that {path} has not: {unknown}."
            raise SandboxError(message)
    for path, conditions in role.hidden_rows.items():
        try:
            Compiler(_schema(path)).conditions(conditions)
        except Refusal as refusal:
            message = f"The role {name} has wrong conditions for {path}: {refusal.body}"
            raise SandboxError(message) from None


def _template(path: str) -> str:
    route = route_of(path)
    return route.template if route else path


def _schema(path: str) -> Any:
    return schema_of(_template(path))
