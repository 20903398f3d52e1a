"""
The sink of a demo: an SMTP server that delivers nothing, and a page to read what it took.

On loopback only. No Django.
"""
