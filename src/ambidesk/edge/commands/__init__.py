"""
The command line `ambidesk`: it reads options, makes one call and prints what came of it.

What `up` and `demo` need themselves imports no Django; the parts they start do.
"""

from ambidesk.edge.commands.line import main

__all__ = ["main"]
