"""Wholes: who is one with whom, of pairs that were joined. The first of them is their head."""

from collections.abc import Iterable


def heads(members: Iterable[int], joins: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Give each member the least of all whom the joins tie it to, over however many others."""
    above = {member: member for member in members}

    def top(member: int) -> int:
        while above[member] != member:
            above[member] = above[above[member]]
            member = above[member]
        return member

    for one, other in joins:
        if one in above and other in above:
            first, second = sorted((top(one), top(other)))
            above[second] = first
    return {member: top(member) for member in above}
