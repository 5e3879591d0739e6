"""The health check on the screen (体检)."""
