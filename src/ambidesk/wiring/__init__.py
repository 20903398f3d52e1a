"""Composition root: settings, routes, subscriptions, reach. Nothing imports it."""
