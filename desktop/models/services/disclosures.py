"""Showing numbers unmasked (显示完整身份证号): only with a reason, and on record."""

from __future__ import annotations

from desktop.models.database.disclosures import record_disclosure
from desktop.models.database.store import Store
from desktop.models.errors import DesktopError


class ReasonNeededError(DesktopError):
    """Unmasked numbers were asked for without saying why."""

    def __init__(self) -> None:
        super().__init__("显示完整的身份证号和电话要写明用途，会记录在案。请填写用途后再试。")


def require_reason(reason: str | None) -> str:
    """Return the reason for unmasking.

    Raises:
        ReasonNeededError: there is none.
    """
    if not (reason or "").strip():
        raise ReasonNeededError
    return str(reason).strip()


def disclose(store: Store, what: str, reason: str | None, people: int) -> None:
    """Record who asked for unmasked numbers of how many people, for what.

    Raises:
        ReasonNeededError: there is no reason.
    """
    record_disclosure(store, what=what, reason=require_reason(reason), people=people)
