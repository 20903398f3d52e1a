"""What is read of a file at most; the rest of it is found by its name alone."""

from typing import Final

CONTENT_BYTES: Final = 25 * 1024 * 1024
# Of one part of an office file, unpacked.
PART_BYTES: Final = 20 * 1024 * 1024
PARTS: Final = 200
PAGES: Final = 300
CHARACTERS: Final = 200_000
CPU_SECONDS: Final = 15
WALL_SECONDS: Final = 30
MEMORY_BYTES: Final = 768 * 1024 * 1024
