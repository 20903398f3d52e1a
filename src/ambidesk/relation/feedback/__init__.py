"""
Feedback: after closing, and from time to time, people are asked what it is like, by one click.

A Survey is what is asked of whom and when; an Invitation one such question to one person, on one
ticket; a Rating the answer; a Refusal whoever will not be asked. Nobody is asked too often.
"""
