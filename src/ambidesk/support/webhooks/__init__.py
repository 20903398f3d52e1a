"""
Webhooks: other systems are called when something happened here.

What is told are the ids of the journal, never words of a person: who may see more asks for it by
the API. Signed by Standard Webhooks, told at least once, in no promised order.
"""
