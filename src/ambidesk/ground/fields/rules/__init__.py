"""Pure rules of fields and forms: no rows, no clock."""
