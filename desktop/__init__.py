"""头雁台账: an offline desktop application for township organisation officers."""

__version__ = "0.1.0"
