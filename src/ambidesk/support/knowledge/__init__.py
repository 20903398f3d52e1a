"""
Knowledge: articles in both languages, written, reviewed, published; read by the public and staff.

A translation's draft changes; a revision never does. What is published is one revision.
"""
