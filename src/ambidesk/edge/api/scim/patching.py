"""
Patching: operations over a resource, as directories send them.

Their names are taken in any case, as Entra sends them. Source: RFC 7644, 3.5.2.
"""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any, Final

from ambidesk.edge.api.scim.errors import ScimError
from ambidesk.edge.api.scim.filters import Equals, equals
from ambidesk.edge.api.scim.naming import called

PATCH: Final = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
MOST: Final = 100
PATH = re.compile(r"([A-Za-z$][A-Za-z0-9_$-]*)(?:\[(.+)\])?(?:\.([A-Za-z$][A-Za-z0-9_$-]*))?")
Resource = dict[str, Any]


def patched(resource: Resource, body: Mapping[str, Any]) -> Resource:
    """
    Give the resource as the operations leave it; the one given stays as it is.

    Raises:
        ScimError: an operation makes no sense.
    """
    operations = called(body, "operations")
    schemas = body.get("schemas")
    if not isinstance(schemas, list) or PATCH not in schemas or not isinstance(operations, list):
        raise ScimError(400, "This is no PatchOp.", kind="invalidSyntax")
    if len(operations) > MOST:
        raise ScimError(413, "Too many operations.", kind="tooMany")
    result = deepcopy(resource)
    for each in operations:
        _apply(result, each)
    return result


def _apply(resource: Resource, operation: object) -> None:
    if not isinstance(operation, Mapping):
        raise ScimError(400, "An operation is an object.", kind="invalidSyntax")
    name, path = str(called(operation, "op") or "").lower(), called(operation, "path")
    value = called(operation, "value")
    if name not in {"add", "replace", "remove"}:
        raise ScimError(400, "op is add, replace or remove.", kind="invalidSyntax")
    if path is None:
        if name == "remove" or not isinstance(value, Mapping):
            raise ScimError(400, "Without a path the value is an object.", kind="noTarget")
        for key, each in value.items():
            _at_path(resource, "add" if name == "add" else "replace", str(key), value=each)
        return
    _at_path(resource, name, str(path), value=value)


def _at_path(resource: Resource, name: str, path: str, *, value: Any) -> None:
    found = PATH.fullmatch(_short(path))
    if found is None:
        raise ScimError(400, "The path is not understood.", kind="invalidPath")
    attribute, which, within = found[1], found[2], found[3]
    key = _key(resource, attribute)
    if which is not None:
        _chosen(resource, key, equals(which), within=within, name=name, value=value)
    elif within is not None:
        inner = resource.setdefault(key, {})
        if not isinstance(inner, dict):
            raise ScimError(400, "The path leads nowhere.", kind="noTarget")
        _set(inner, _key(inner, within), name, value=value)
    else:
        _set(resource, key, name, value=value)


def _chosen(
    resource: Resource, key: str, which: Equals, *, within: str | None, name: str, value: Any
) -> None:
    rows = resource.setdefault(key, [])
    if not isinstance(rows, list):
        raise ScimError(400, "The path leads nowhere.", kind="noTarget")
    meant = [row for row in rows if isinstance(row, dict) and _is(row, which)]
    if name == "remove":
        resource[key] = [row for row in rows if row not in meant]
        return
    if not meant:
        meant = [{which.attribute: which.value}]
        rows += meant
    for row in meant:
        if within is not None:
            row[within] = value
        elif isinstance(value, Mapping):
            row.update(value)


def _set(inner: Resource, key: str, name: str, *, value: Any) -> None:
    before = inner.get(key)
    if name == "remove":
        gone = [_value(each) for each in value] if isinstance(value, list) else None
        if gone is not None and isinstance(before, list):
            inner[key] = [row for row in before if _value(row) not in gone]
        else:
            inner.pop(key, None)
    elif name == "add" and isinstance(before, list):
        more: Sequence[Any] = value if isinstance(value, list) else [value]
        known = {_value(row) for row in before}
        inner[key] = [*before, *(row for row in more if _value(row) not in known)]
    elif isinstance(before, dict) and isinstance(value, Mapping):
        before.update(value)
    else:
        inner[key] = value


def _is(row: Mapping[str, Any], which: Equals) -> bool:
    return bool(called(row, which.attribute) == which.value)


def _value(row: Any) -> str:
    return str(row.get("value")) if isinstance(row, Mapping) else str(row)


def _short(path: str) -> str:
    """Without the name of a schema before the attribute."""
    return path.rpartition(":")[2] if path.startswith("urn:") else path


def _key(resource: Mapping[str, Any], attribute: str) -> str:
    """Under which the attribute stands, for names have no case."""
    wanted = attribute.lower()
    return next((key for key in resource if key.lower() == wanted), attribute)
