"""
Sending: due deliveries leave by the relay of their channel, a thread a channel.

A double is possible only between the relay's acceptance and our mark (docs/promises.md).
"""
