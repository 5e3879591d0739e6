"""What the home page says of the hand-off: remarks that came back, when was handed in last, who has not yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from desktop.models.services.handoff_city import State
from desktop.models.services.handoff_log import SentStatus
from desktop.views.home.values import Task
from desktop.views.page import Request
from desktop.views.theme import Tone

if TYPE_CHECKING:
    from desktop.office import Office

_NAMED = 3  # townships told by name
_CAME_BACK = (SentStatus.RETURNED, SentStatus.REFUSED)
_HANDOFF = Request(page="handoff")


def remarks(office: Office) -> Iterator[Task]:
    """What the city sent back to a township and is not dealt with."""
    if office.level != "township":
        return
    if count := sum(line.is_open for line in office.handoff.remarks.all()):
        yield Task(f"市里的退回意见还有 {count} 条没有办", "打开报送", _HANDOFF, Tone.WARN)


def handing(office: Office, today: date) -> Task | None:
    """How the office stands with the hand-off; None where it takes no part."""
    if office.handoff.keys.root is None:
        return None
    return _received(office, today) if office.level == "city" else _sent(office)


def _sent(office: Office) -> Task:
    last = office.handoff.sending.log.last_written()
    if last is None:
        return Task("还没有报送过", "生成报送包", _HANDOFF)
    came_back = f"（{last.status.label}）" if last.status in _CAME_BACK else ""
    changes = sum(len(each.rows) for each in office.handoff.sending.difference())
    since = f"之后 {changes} 处改动" if changes else "之后没有改动"
    link = "生成报送包" if changes else "打开报送"
    return Task(f"上次报送 {last.made_at:%Y.%m.%d}{came_back}，{since}", link, _HANDOFF)


def _received(office: Office, today: date) -> Task:
    board = office.handoff.city.board(today)
    waiting = [line for line in board if line.state is not State.RECEIVED]
    request = Request(page="merging")
    if not waiting:
        return Task(f"{len(board)} 个乡镇都已报送", "打开汇总", request)
    late = any(line.state is State.LATE for line in waiting)
    names = "、".join(line.division.short_name for line in waiting[:_NAMED])
    named = f"{names}等" if len(waiting) > _NAMED else names
    what = "逾期未报" if late else "还没有报送"
    return Task(
        f"{len(waiting)} 个乡镇{what}：{named}", "打开汇总", request, Tone.WARN if late else Tone.PLAIN
    )
