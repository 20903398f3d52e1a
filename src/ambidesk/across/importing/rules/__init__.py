"""Pure rules of importing: rows become histories by a mapping."""
