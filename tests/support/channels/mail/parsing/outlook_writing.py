"""Outlook's own forms, written for the tests: winmail.dat and .msg files.

Source: Microsoft MS-OXTNEF, MS-CFB, MS-OXMSG.
"""

import struct

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STORAGE, STREAM, ROOT = 1, 2, 5

Tree = dict[str, "bytes | Tree"]


def attribute(level: int, identifier: int, data: bytes) -> bytes:
    return (
        struct.pack("<BII", level, identifier, len(data))
        + data
        + struct.pack("<H", sum(data) & 0xFFFF)
    )


def properties(*found: tuple[int, int, bytes]) -> bytes:
    """Write MAPI properties: number, type, value."""
    said = struct.pack("<I", len(found))
    for number, kind, value in found:
        said += struct.pack("<HH", kind, number)
        if kind in {0x1E, 0x1F, 0x102, 0x0D}:
            said += struct.pack("<II", 1, len(value))
        said += value + b"\x00" * (-len(value) % 4)
    return said


def winmail(*attributes: bytes) -> bytes:
    return b"\x78\x9f\x3e\x22\x01\x00" + b"".join(attributes)


def wrapped_file(title: bytes, content: bytes, *more: tuple[int, int, bytes]) -> list[bytes]:
    pieces = [attribute(2, 0x69002, b"\x00" * 14), attribute(2, 0x18010, title + b"\x00")]
    pieces.append(attribute(2, 0x6800F, content))
    if more:
        pieces.append(attribute(2, 0x69005, properties(*more)))
    return pieces


def message_file(tree: Tree) -> bytes:
    """Write a compound file of streams and storages."""
    entries: list[list] = [["Root Entry", ROOT, FREE, FREE, END, 0]]
    chains: list[bytes] = []
    entries[0][3] = _place(tree, entries, chains)
    directory = b"".join(_entry(*entry) for entry in entries)
    directory += b"\x00" * (-len(directory) % SECTOR)
    return _sectors(directory, chains, entries)


def _place(tree: Tree, entries: list[list], chains: list[bytes]) -> int:
    """Add the children of a storage as a chain of right siblings; return the first."""
    first, last = FREE, None
    for name, content in tree.items():
        number = len(entries)
        entries.append([name, STREAM, FREE, FREE, END, 0])
        if last is None:
            first = number
        else:
            entries[last][2] = number
        last = number
        if isinstance(content, dict):
            entries[number][1] = STORAGE
            entries[number][3] = _place(content, entries, chains)
        elif content:
            entries[number][4], entries[number][5] = len(chains), len(content)
            chains.append(content)
    return first


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    title = name.encode("utf-16-le") + b"\x00\x00"
    head = struct.pack("<64sHBBIII", title, len(title), kind, 1, FREE, right, child)
    return head + b"\x00" * 36 + struct.pack("<IQ", start, size)


def _sectors(directory: bytes, chains: list[bytes], entries: list[list]) -> bytes:
    blocks = [directory, *chains]
    counts = [-(-len(block) // SECTOR) for block in blocks]
    fats = -(-(sum(counts) + 8) // 127)
    table, starts, body = [FAT] * fats, [], b""
    for block, count in zip(blocks, counts, strict=True):
        starts.append(len(table))
        table += [len(table) + step + 1 for step in range(count - 1)] + [END]
        body += block + b"\x00" * (-len(block) % SECTOR)
    table += [FREE] * (fats * 128 - len(table))
    for entry in entries:
        if entry[1] == STREAM and entry[4] != END:
            entry[4] = starts[entry[4] + 1]
    renewed = b"".join(_entry(*entry) for entry in entries)
    body = renewed + body[len(renewed) :]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, fats, starts[0], 0, 0, END, 0, END, 0)
    head += struct.pack("<109I", *range(fats), *[FREE] * (109 - fats))
    return head + struct.pack(f"<{len(table)}I", *table) + body


def text_stream(number: int, said: str) -> tuple[str, bytes]:
    return f"__substg1.0_{number:04X}001F", said.encode("utf-16-le")


def data_stream(number: int, content: bytes) -> tuple[str, bytes]:
    return f"__substg1.0_{number:04X}0102", content
