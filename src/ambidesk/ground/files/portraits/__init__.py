"""Portraits: a photo of somebody is cut and shrunk to what mails and screens show of a face."""
