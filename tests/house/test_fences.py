"""Fences that import-linter cannot see: foreign keys, models by name, rows behind `visible_to`."""

import ast
import configparser
from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from django.apps import apps
from django.db.models import Model

from ambidesk.ground.kernel import journal
from ambidesk.ground.reach import branches
from ambidesk.ground.reach.branches import Visible
from tests.house.sources import MODULES, ROOT

ROOM = "ambidesk."
# Doors for people; a command of the console acts for nobody.
DOORS = ("edge/web/", "edge/api/")
# What is read here hangs on a row that was got by `visible_to`, and on nothing else.
HANGS_ON_A_VISIBLE_ROW = {
    "edge/web/workspace/ticket/thread.py": "messages filed on the ticket, and their files"
}


def _layers() -> dict[str, tuple[int, int]]:
    """Each package with the numbers of its floor and its layer, the lowest floor being 0."""
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    ranks: dict[str, tuple[int, int]] = {}
    floors = contracts["importlinter:contract:floors"]["layers"].split()
    for number, floor in enumerate(each.strip("()") for each in reversed(floors)):
        ranks[f"{ROOM}{floor}"] = (number, 0)
        section = f"importlinter:contract:{floor}"
        if section not in contracts:
            continue
        lines = [line for line in contracts[section]["layers"].splitlines() if line.strip()]
        for layer, line in enumerate(reversed(lines)):
            for room in line.split("|"):
                ranks[f"{ROOM}{floor}.{room.strip().strip('()')}"] = (number, layer)
    return ranks


def _room(model: type[Model]) -> str:
    parts = model.__module__.split(".")
    return ".".join(parts[:2] if parts[1] == "wiring" else parts[:3])


def test_foreign_keys_point_down_the_floors() -> None:
    ranks = _layers()
    found = []
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith(ROOM):
            continue
        for field in model._meta.get_fields():
            target = field.related_model
            if field.auto_created or not isinstance(target, type):
                continue
            if not target.__module__.startswith(ROOM) or _room(model) == _room(target):
                continue
            if ranks[_room(target)] >= ranks[_room(model)]:
                found.append(f"{model.__name__}.{field.name} -> {target.__module__}")
    assert found == []


def test_nobody_gets_models_by_name() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, tree in MODULES
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr in {"get_model", "get_models"})
        or (isinstance(node, ast.Call) and ast.unparse(node.func).endswith("get_user_model"))
    ]
    assert found == []


def test_foreign_keys_point_at_classes_not_at_names_of_other_packages() -> None:
    found = []
    for name, tree in MODULES:
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = ast.unparse(node.func)
            target = node.args[0]
            if called.endswith(("ForeignKey", "OneToOneField", "ManyToManyField")):
                named = isinstance(target, ast.Constant) and target.value != "self"
                if named:
                    found.append(f"{name}:{node.lineno}")
    assert found == []


def _seen_models() -> set[type[Model]]:
    return {
        model for model in apps.get_models() if isinstance(model._default_manager.all(), Visible)
    }


def test_every_model_that_people_see_has_a_branch_by_which_they_see_it() -> None:
    assert {model.__name__ for model in _seen_models()} == {
        model.__name__ for model in branches.declared()
    }


def _chain(node: ast.AST, parents: dict[int, ast.AST]) -> str:
    """The whole expression of calls and attributes that a node begins."""
    while isinstance(parents.get(id(node)), ast.Attribute | ast.Call):
        parent = parents[id(node)]
        if isinstance(parent, ast.Call) and parent.func is not node:
            break
        node = parent
    return ast.unparse(node)


def test_the_edge_gets_what_people_see_only_by_visible_to() -> None:
    names = {model.__name__ for model in _seen_models()}
    found = []
    for name, tree in MODULES:
        if not name.startswith(DOORS) or name in HANGS_ON_A_VISIBLE_ROW:
            continue
        parents = {
            id(child): node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)
        }
        for node in ast.walk(tree):
            match node:
                case ast.Attribute(value=ast.Name(id=model), attr="objects" | "_default_manager"):
                    if model in names and ".visible_to(" not in (chain := _chain(node, parents)):
                        found.append(f"{name}:{node.lineno} {chain}")
                case ast.Call(args=[ast.Name(id=model), *_]) if model in names:
                    called = ast.unparse(node.func)
                    if called.endswith(("get_object_or_404", "get_list_or_404")):
                        found.append(f"{name}:{node.lineno} {called}({model})")
    assert found == []


def test_no_django_signals_model_forms_or_save_overrides() -> None:
    found = []
    for name, tree in MODULES:
        for node in ast.walk(tree):
            match node:
                case ast.ImportFrom(module=("django.db.models.signals" | "django.dispatch")):
                    found.append(f"{name}:{node.lineno} signals")
                case ast.ClassDef() if any("ModelForm" in ast.unparse(b) for b in node.bases):
                    found.append(f"{name}:{node.lineno} ModelForm")
                case ast.FunctionDef(name="save") if "models" in name:
                    found.append(f"{name}:{node.lineno} save")
    assert found == []


def _parts(hint: Any) -> list[Any]:
    origin = get_origin(hint)
    if origin in {Union, UnionType, list, tuple}:
        return [part for each in get_args(hint) if each is not ... for part in _parts(each)]
    return [hint]


@pytest.mark.parametrize("event", journal.all_events(), ids=lambda event: event.kind)
def test_events_carry_ids_and_enums_never_a_text(event: type[journal.Event]) -> None:
    hints = get_type_hints(event)
    for field in fields(event):
        for part in _parts(hints[field.name]):
            assert part is type(None) or issubclass(part, int | bool | Decimal | datetime | Enum)
