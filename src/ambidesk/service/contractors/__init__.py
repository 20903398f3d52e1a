"""
Contractors: companies that are called in: what they can do, where, when and how quickly.

Their people sign in as contacts whose authority lets them do what is handed over.
"""
