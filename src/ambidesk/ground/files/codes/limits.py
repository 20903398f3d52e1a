"""What is read of a picture at most."""

from typing import Final

CONTENT_BYTES: Final = 20_000_000
# The longer side of what is searched: labels are read from much smaller ones.
LONGEST_SIDE: Final = 2400
# Below this a picture is searched a second time, at twice its size.
SMALL_SIDE: Final = 1000
CODES: Final = 20
CHARACTERS: Final = 500
CPU_SECONDS: Final = 6
WALL_SECONDS: Final = 15
MEMORY_BYTES: Final = 768 * 1024 * 1024
NO_PICTURE: Final = 3
