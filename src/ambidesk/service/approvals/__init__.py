"""
Approvals: a request, a cost or finished works, allowed by those who may.

Its arithmetic: who is asked when, what an answer makes of it, why nobody may. It knows contacts
and contents; of what they are, `support/approvals` knows.
"""
