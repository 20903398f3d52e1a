"""Cells of files for spreadsheets: what one would take for a formula is quoted."""

# Source: OWASP, "CSV Injection".
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def guarded(cell: str) -> str:
    """Put a quote before what a spreadsheet would compute."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
