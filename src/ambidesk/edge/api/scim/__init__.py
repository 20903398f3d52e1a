"""SCIM 2.0 for staff: a directory keeps accounts, teams and roles. RFC 7643 and RFC 7644."""
