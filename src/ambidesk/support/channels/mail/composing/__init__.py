"""
Composing: one letter of ours becomes one mail: headers, plain and HTML part, quote and files.

Pure but for `reading`, which gathers a letter from rows.
"""
