"""Limits of a mail: what is beyond them is cut off or left closed, and said in a defect.

Source: measured on Python 3.11 (16,000 parameters of one header: 8 s; 3,000 nested parts).
"""

from typing import Final

MAIL_BYTES: Final = 25 * 1024 * 1024
HEADER_BYTES: Final = 100 * 1024
HEADER_FIELDS: Final = 500
FIELD_BYTES: Final = 32 * 1024
PARAMETERS: Final = 64
ADDRESSES: Final = 1_000
REFERENCES: Final = 200
PARTS: Final = 100
DEPTH: Final = 20

TEXT_CHARACTERS: Final = 2 * 1024 * 1024
HTML_CHARACTERS: Final = 2 * 1024 * 1024
HTML_DEPTH: Final = 2_000
HTML_NODES: Final = 60_000
REPLY_LINES: Final = 5_000
LINE_CHARACTERS: Final = 2_000
ENCLOSED_FILES: Final = 100
