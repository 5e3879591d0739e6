"""Structure statistics (结构) and health check (体检): pure functions over records."""
