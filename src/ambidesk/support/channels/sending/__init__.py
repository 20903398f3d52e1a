"""
Sending: due deliveries leave by their channel, a thread a channel.

A double is possible only between the other side's acceptance and our mark (docs/promises.md).
"""
