"""
Succession: all open work of somebody goes on to others, in one verb, and comes back in one.

Seen beforehand ticket by ticket, with each refusal; the work itself is a batch of the desk for each
who gets some of it, so a thousand tickets go in the background, and back.
"""
