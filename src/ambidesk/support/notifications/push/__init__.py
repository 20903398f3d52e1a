"""Web Push: browsers are registered, messages encrypted, signed and posted."""
