"""One person's page (一人一档)."""
