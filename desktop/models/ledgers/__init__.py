"""Ledgers (台账): values that say what is printed, and their drawing as PDF."""
