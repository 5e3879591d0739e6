"""The roster page (两委班子)."""
