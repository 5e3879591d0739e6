"""Structure statistics and health check (结构与体检)."""
