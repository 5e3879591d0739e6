"""Which backups are kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from desktop.models.database.backup_names import BackupName, backups_in, new_path, superfluous


def named(moment: datetime, number: int = 1) -> BackupName:
    day, time = f"{moment:%Y%m%d %H%M%S}".split()
    return BackupName(day=day, time=time, number=number, path=Path(f"{day}-{time}-{number}"))


def kept(moments: list[datetime]) -> list[datetime]:
    gone = {backup.path for backup in superfluous(map(named, moments))}
    return [moment for moment in moments if named(moment).path not in gone]


def test_a_second_backup_in_one_second_gets_another_name(tmp_path: Path) -> None:
    moment = datetime(2026, 11, 24, 8, 5, 9)
    names = []
    for _ in range(11):
        path = new_path(tmp_path, "touyan", moment, ".tybak")
        path.touch()
        names.append(path.name)

    assert names[0] == "touyan-20261124-080509.tybak"
    assert [backup.path.name for backup in backups_in(tmp_path)] == names[::-1]


def test_only_names_of_ours_are_seen(tmp_path: Path) -> None:
    for name in (
        "touyan-20261124-080509.tybak", "touyan-20261124-080509.tybak.partial", "touyan-2026-080509.tybak",
        "我的touyan-20261124-080509.tybak", "touyan-20261124-080509 (1).tybak", "roster.xlsx",
    ):  # fmt: skip
        (tmp_path / name).touch()
    (tmp_path / "before-restore-20261124-080510").mkdir()

    assert [backup.path.name for backup in backups_in(tmp_path)] == [
        "before-restore-20261124-080510",
        "touyan-20261124-080509.tybak",
    ]
    assert backups_in(tmp_path)[1].made_at == datetime(2026, 11, 24, 8, 5, 9).astimezone()
    assert backups_in(tmp_path / "nowhere") == []


def test_fourteen_days_and_twelve_months_are_kept() -> None:
    noon = datetime(2026, 11, 24, 12)
    days = [noon - timedelta(days=number) for number in range(800)]

    left = kept(days)

    assert left[:14] == days[:14]
    assert [f"{moment:%Y-%m-%d}" for moment in left[14:]] == [
        "2026-10-31", "2026-09-30", "2026-08-31", "2026-07-31", "2026-06-30", "2026-05-31", "2026-04-30",
        "2026-03-31", "2026-02-28", "2026-01-31", "2025-12-31",
    ]  # fmt: skip


def test_the_last_backup_of_a_day_is_its_backup_and_the_newest_day_keeps_all() -> None:
    today = [datetime(2026, 11, 24, hour) for hour in (8, 9, 17)]
    yesterday = [datetime(2026, 11, 23, hour) for hour in (8, 9, 17)]

    assert kept(yesterday + today) == [yesterday[-1], *today]


def test_days_without_a_backup_do_not_count() -> None:
    long_ago = [datetime(2019, 5, day, 8) for day in range(1, 15)]

    assert kept([*long_ago, datetime(2026, 11, 24, 8)])[1:] == [*long_ago[2:], datetime(2026, 11, 24, 8)]


@given(
    st.lists(st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31)), min_size=1, max_size=80, unique=True)
)
def test_the_newest_is_always_kept_and_pruning_twice_is_pruning_once(moments: list[datetime]) -> None:
    moments = sorted({moment.replace(microsecond=0) for moment in moments})

    once = kept(moments)

    assert once[-1] == moments[-1]
    assert kept(once) == once
