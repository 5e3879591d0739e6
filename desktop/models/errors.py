"""What the user can act on, told apart from bugs."""

from __future__ import annotations


class DesktopError(Exception):
    """Something the user can put right; its text is Chinese and says what to do next.

    Subclass it once per situation, beside the code that raises it. Any other exception is a bug: it reaches
    ``sys.excepthook``, the log, and one dialog that names the log file.
    """
