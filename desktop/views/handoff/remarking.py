"""Asking, in the city, what a township is to put right in one of its records (退回意见)."""

from __future__ import annotations

from datetime import datetime

from desktop.views import errors
from desktop.views.handoff.asking import AskText
from desktop.views.page import Page

REMARK = "退回意见…"
_WORDS = "写明哪里不对、要怎么改。意见随回执交给乡镇，乡镇可以直接打开这条记录。"


def ask_for_remark(page: Page, unit: str, register: str, key: str, field: str = "") -> None:
    """Ask for the words of a remark on a record of the township ``unit``, or on one field of it, and keep them."""
    who = page.office.history.called(register, key)

    def attach(text: str) -> None:
        with errors.told(page):
            now = datetime.now().astimezone()
            page.office.handoff.remarks.attach(unit, register, key, text, now, field=field or None)
            page.changed.emit("已提退回意见，随回执交给乡镇")

    dialog = AskText("退回意见", f"{who}：{_WORDS}" if who else _WORDS, "退回意见", "提出", page)
    dialog.given.connect(attach)
    dialog.open()
