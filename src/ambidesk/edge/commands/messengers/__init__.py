"""
The messengers of a demo: simulated ones on loopback, their people, and a page to be one of them.

No Django.
"""
