"""Service: catalogue of request types and categories."""
