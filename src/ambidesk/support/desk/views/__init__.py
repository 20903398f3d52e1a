"""Views: the ones that the product brings along, and the saved ones, in one form."""
