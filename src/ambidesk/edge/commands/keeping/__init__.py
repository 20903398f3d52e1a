"""
Keeping: backups of a desk in one file, their restoring, and moving to a newer PostgreSQL.

A backup holds the database, the files, the secret and the configuration: all that a desk is.
"""
