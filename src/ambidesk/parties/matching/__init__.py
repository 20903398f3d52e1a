"""
Matching: which of many records are the same human being, without a database.

Records in, judged pairs out: automatic (proof), proposed (a person shall look), or left out.
"""
