"""Gauging: what every measurement needs: a scratch desk, figures, and progress on stderr."""
