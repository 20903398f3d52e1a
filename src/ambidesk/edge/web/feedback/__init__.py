"""Feedback: the page on which a customer answers a survey, in the face of the brand."""
