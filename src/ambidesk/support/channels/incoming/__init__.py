"""
Incoming webhooks: other systems tell what happened there, in their own JSON; it becomes tickets.

A mapping says where in it stands what. The same key again is the same ticket, until that has ended.
"""
