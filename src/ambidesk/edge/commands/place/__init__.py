"""
The desk's place on this machine: data directory, lock, secret, configuration, environment.

Everything a part needs to know reaches it by its environment; no Django here.
"""
