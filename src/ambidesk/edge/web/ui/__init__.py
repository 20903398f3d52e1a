"""What all audiences' pages share: layouts, components, islands, sign-in, error pages."""
