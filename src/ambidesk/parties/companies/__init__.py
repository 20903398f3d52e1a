"""
Companies: client organisations, their legal entities, departments, territories, sites and contacts.

Whatever belongs to a company names it; the database holds that nothing of one hangs in another.
A company in a group has a parent; territories are a tree of the company's own.
"""
