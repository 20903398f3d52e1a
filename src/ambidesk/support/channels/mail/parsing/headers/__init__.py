"""Headers: fields, parameters, addresses, identifiers and dates of a header block."""
