"""Locks: what many tables point at is locked without its key, so that pointing at it never waits."""

import ast

from tests.house.sources import MODULES


def test_tickets_are_locked_without_their_key() -> None:
    """A full lock makes every row that begins to point at a ticket wait: three such waits close."""
    loud = [
        f"{path}:{node.lineno}"
        for path, tree in MODULES
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).startswith("Ticket.objects")
        and ast.unparse(node.func).endswith(".select_for_update")
        and "no_key" not in {keyword.arg for keyword in node.keywords}
    ]
    assert loud == []
