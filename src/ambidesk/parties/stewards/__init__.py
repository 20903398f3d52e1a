"""
Stewards: who of the staff looks after which company, as what, from a day until a day.

A company has one account manager at a time, and as many others of its service team as it needs.
"""
