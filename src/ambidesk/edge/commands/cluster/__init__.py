"""
The launcher of the embedded PostgreSQL: one cluster beside the desk's data, no Django.

It is reached by a unix socket only, knows Cyrillic letters, and ends with the process that
started it. Words: a cluster is a PostgreSQL server with its data directory.
"""

from ambidesk.edge.commands.cluster.cluster import Cluster

__all__ = ["Cluster"]
