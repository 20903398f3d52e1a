"""What is read of a picture at most."""

from typing import Final

# The longer side of what is searched: labels are read from much smaller ones.
LONGEST_SIDE: Final = 2400
# Below this a picture is searched a second time, at twice its size.
SMALL_SIDE: Final = 1000
CODES: Final = 20
CHARACTERS: Final = 500
