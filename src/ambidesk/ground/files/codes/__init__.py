"""Codes on pictures: QR and DataMatrix codes of a photo are read in a child process."""
