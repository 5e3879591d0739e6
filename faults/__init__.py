"""Bad packages by the thousand, to see that none is taken: python -m faults."""
