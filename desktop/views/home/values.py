"""What the home page is filled with: numbers, and things to do, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.views.page import Request
from desktop.views.theme import Tone

TITLES = ("两委成员", "后备力量", "村（社区）书记", "信息不全")  # of the four figures, before any is known


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the four numbers, and the page that shows what it counts."""

    title: str
    number: str
    words: str
    request: Request
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: a sentence, and a link that leads to it."""

    words: str
    link: str
    request: Request
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole page on a day."""

    figures: tuple[Figure, ...]
    tasks: tuple[Task, ...]
    next_round: str  # when the next elections are due, a sentence
    teams: str = ""  # 六支队伍, a sentence; empty where nobody serves
    deadline: str = ""  # what ends next, and when; told where nothing is to be done
    handing: Task | None = None  # how the office stands with the hand-off, always the last line
