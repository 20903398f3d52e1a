"""
Companies, sites and contacts from CSV or XLSX: each bad row is named, the good ones come in.

Rows are known again by name, code or address: the same file twice brings nothing twice, and what
was stopped goes on from there.
"""
