"""The terminal: the same acts as the service."""
