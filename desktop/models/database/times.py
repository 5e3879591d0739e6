"""Moments as the store keeps them: UTC text to the second, so that text order is time order."""

from __future__ import annotations

from datetime import UTC, datetime

_FORM = "%Y-%m-%dT%H:%M:%SZ"


def utc_now() -> str:
    """This moment, as it is stored."""
    return stored_time(datetime.now(UTC))


def stored_time(moment: datetime) -> str:
    """A moment as it is stored; one without a time zone is local."""
    return moment.astimezone(UTC).strftime(_FORM)


def local_time(stored: str) -> datetime:
    """A stored moment on the office's clock."""
    return datetime.strptime(stored, _FORM).replace(tzinfo=UTC).astimezone()
