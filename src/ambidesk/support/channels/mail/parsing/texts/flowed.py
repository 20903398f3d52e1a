"""Flowed text: lines broken by the sender's program are joined again.

Source: RFC 3676, 4.
"""


def unflow(text: str, *, delete_space: bool = False) -> str:
    """Join flowed lines of one quote depth; signature and quote marks stay."""
    joined: list[str] = []
    open_depth: int | None = None
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:].removeprefix(" ")
        is_flowed = content.endswith(" ") and content != "-- "
        if open_depth == depth and content != "-- ":
            joined[-1] += content
        else:
            joined.append(">" * depth + (" " if depth and content else "") + content)
        if is_flowed and delete_space:
            joined[-1] = joined[-1][:-1]
        open_depth = depth if is_flowed else None
    return "\n".join(joined)
