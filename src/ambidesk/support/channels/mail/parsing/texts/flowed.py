"""Flowed text: lines broken by the sender's program are joined again.

Source: RFC 3676, 4.
"""


def unflow(text: str, *, delete_space: bool = False) -> str:
    """Join flowed lines of one quote depth; signature and quote marks stay."""
    joined: list[str] = []
    pieces: list[str] = []
    open_depth: int | None = None
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:].removeprefix(" ")
        is_flowed = content.endswith(" ") and content != "-- "
        if open_depth != depth or content == "-- ":
            joined.append("".join(pieces))
            pieces = [">" * depth + (" " if depth and content else "")]
        pieces.append(content[:-1] if is_flowed and delete_space else content)
        open_depth = depth if is_flowed else None
    return "\n".join([*joined, "".join(pieces)][1:])
