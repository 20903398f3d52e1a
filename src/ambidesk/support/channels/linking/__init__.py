"""
Linking: a messenger's account is joined to a known person by a link or a code that was sent them.

Whoever brings it has read what was sent to the known address, and comes from the account itself:
both are proved. A link is good once, for a day, for one bot.
"""
