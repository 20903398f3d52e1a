"""
Automation: rules that an administrator makes, each with when, if and then.

A rule acts once for each cause: an entry of the journal, or the beginning of a stretch of a state.
It judges the ticket as it was at that moment, so what happened later changes nothing.
"""
