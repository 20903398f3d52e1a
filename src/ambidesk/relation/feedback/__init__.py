"""
Feedback: after closing, the requester is asked what it was like, and says so by one click.

A Survey is what is asked of whom and when; an Invitation one such question to one person about one
ticket; a Rating the answer. Nobody is invited twice within the time that their survey keeps still.
"""
