"""Functions: few parameters by position, actor and time by name, no clock below the edge."""

import ast
import re

from tests.house.sources import MODULES, functions

# Verbs take time as an argument; these files are where it enters the house.
# Exchanges talk like channels, and tell no time of what happens.
EXCHANGES = tuple(f"support/telephony/{each}/" for each in ("ami", "novofon", "uis"))
CLOCKS = ("edge/", "wiring/", "ground/kernel/", "support/channels/", *EXCHANGES)
# A template passes what it tells a tag by position.
TAG = "register."
# Signatures that are not ours: what calls them passes everything by position.
FOREIGN = (
    "ground/kernel/ephemeral_cache.py",  # django.core.cache.backends.base.BaseCache
    "edge/api/bodies.py",  # ninja.parser.Parser
    "edge/web/ui/account/adapters.py",  # allauth.account.adapter.DefaultAccountAdapter
)
# What hangs on a person goes in the transaction of privacy.erase, which takes the time.
ERASING = "/erasing.py"
FOREIGN_NAMES = {("scope", "receive", "send")}  # ASGI
AIOSMTPD = re.compile("handle_[A-Z]+")
READS_CLOCK = {
    "timezone.now",
    "datetime.now",
    "datetime.utcnow",
    "datetime.datetime.now",
    "date.today",
    "time.time",
}


def _is_called_by_others(
    node: ast.FunctionDef | ast.AsyncFunctionDef, decorators: list[str], *, taken: tuple[str, ...]
) -> bool:
    return (
        _is_view(node)
        or taken in FOREIGN_NAMES
        or AIOSMTPD.fullmatch(node.name) is not None
        or any(decorator.startswith(TAG) for decorator in decorators)
    )


def _is_view(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Django passes what stands in the address by keyword."""
    first = next(iter(node.args.args), None)
    return (
        first is not None
        and first.annotation is not None
        and ast.unparse(first.annotation).strip("'\"") in {"Request", "HttpRequest", "Call"}
    )


def test_public_functions_take_at_most_two_parameters_by_position() -> None:
    found = []
    for name, tree in MODULES:
        if name.startswith(tuple(FOREIGN)):
            continue
        for node, is_method in functions(tree):
            taken = [each.arg for each in (*node.args.posonlyargs, *node.args.args)]
            decorators = [ast.unparse(each) for each in node.decorator_list]
            if is_method and "staticmethod" not in decorators:
                taken = taken[1:]
            if len(taken) > 2 and not _is_called_by_others(node, decorators, taken=tuple(taken)):
                found.append(f"{name}:{node.lineno} {node.name}({', '.join(taken)})")
    assert found == []


def test_public_functions_take_at_most_six_parameters_beside_actor_and_time() -> None:
    found = []
    for name, tree in MODULES:
        if name.startswith(tuple(FOREIGN)):
            continue
        for node, is_method in functions(tree):
            every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            names = [each.arg for each in every if each.arg not in {"by", "at"}]
            if len(names) - is_method > 6:
                found.append(f"{name}:{node.lineno} {node.name}")
    assert found == []


def test_no_clock_is_read_below_the_edge() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, tree in MODULES
        if not name.startswith(CLOCKS)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in READS_CLOCK
    ]
    assert found == []


def test_every_verb_that_writes_the_journal_takes_actor_and_time_by_name() -> None:
    found = []
    for name, tree in MODULES:
        if name.startswith("ground/kernel/"):
            continue
        for node, _is_method in functions(tree):
            records = any(
                isinstance(each, ast.Call)
                and ast.unparse(each.func) in {"journal.record", "journal.record_many"}
                for each in ast.walk(node)
            )
            names = {argument.arg for argument in node.args.kwonlyargs}
            if records and not {"by", "at"} <= names:
                found.append(f"{name}:{node.name}")
    assert found == []


def test_every_atomic_change_takes_the_time_by_name() -> None:
    """A module-level function that is atomic is a verb."""
    found = []
    for name, tree in MODULES:
        if name.startswith(("edge/", "wiring/", "ground/kernel/")) or name.endswith(ERASING):
            continue
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            atomic = any("atomic" in ast.unparse(each) for each in node.decorator_list)
            if atomic and "at" not in {argument.arg for argument in node.args.kwonlyargs}:
                found.append(f"{name}:{node.name}")
    assert found == []


def _lines_of_code(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body; neither the docstring nor a record that is returned by keywords."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    if body and isinstance(body[-1], ast.Return):
        record = body[-1].value
        if isinstance(record, ast.Call) and record.keywords and not record.args:
            body = body[:-1]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_functions_stay_on_one_screen() -> None:
    found = [
        f"{name}:{node.lineno} {node.name} {length}"
        for name, tree in MODULES
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := _lines_of_code(node)) > 30
    ]
    assert found == []
