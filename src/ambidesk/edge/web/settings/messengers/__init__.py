"""Messengers: channels that connectors serve, set up by what their manifests ask for."""
