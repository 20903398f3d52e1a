"""
The client portal as a channel: contacts open requests and write in them under their own account.

What they say is a message like any other; answers go to them by mail and stand in the portal.
"""
