"""Whatever is done to people and registers: one change set an action, undoing all gives the start, redoing all the end."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.database.history import History, UndoRefusedError
from desktop.models.database.records import Records
from desktop.models.domain.posts import Committee
from desktop.models.errors import DesktopError
from desktop.models.registers.catalogue import REGISTERS as ALL_REGISTERS
from desktop.models.registers.division import DIVISION
from desktop.models.registers.person import Person
from desktop.models.registers.reserve import ReserveCadre
from desktop.models.registers.study import Study
from desktop.models.registers.term import TermOfOffice
from desktop.models.services.elections import Elected, Election
from desktop.office import Office
from tests.offices import COMMUNITY, TODAY, VILLAGE, identity_number, member, opened

REGISTERS = tuple(
    register for register in ALL_REGISTERS if register is not DIVISION
)  # nothing here changes them
_NAMES = ("张建国", "李秀英", "高明", "单雄信")
_POSTS = ("党支部书记、村委会主任", "村委会委员", "党支部委员、文书", "村委会副主任")
_USED = (
    "person",
    "term",
    "committee_term",
    "village_year",
    "reserve",
    "appraisal",
    "study",
    "person_pair",
    "choice",
)
_PLACES = (VILLAGE, COMMUNITY)
Content = dict[str, dict[str, object]]


def content(office: Office) -> Content:
    """Every record of every register."""
    records = Records(office._store)
    return {
        r.name: {getattr(each, _key(r.record)): each for each in _all(records, r.record)} for r in REGISTERS
    }


def _all(records: Records, record: type[object]) -> list[object]:
    return records.select(record)


def _key(record: type[object]) -> str:
    return next(iter(record.__slots__))  # type: ignore[attr-defined, no-any-return]  # records have slots


class Actor:
    """Does one thing after another to an office, as chance says; some of it is refused, as in life."""

    def __init__(self, office: Office, seed: int) -> None:
        self.office = office
        self.chance = Random(seed)
        self.records = Records(office._store)

    def one(self, record: type[object]) -> str:
        """The id of some record, or of none."""
        found = self.records.select(record)
        return str(self.chance.choice(found).id) if found else "none"  # type: ignore[attr-defined]

    def enter(self) -> None:
        name = self.chance.choice(_NAMES)
        number = identity_number(order=_NAMES.index(name) + 1) if self.chance.random() < 0.5 else ""
        typed = member(name=name, posts=self.chance.choice(_POSTS), id_number=number, sex="男")
        self.office.roster.add(self.chance.choice(_PLACES), typed, TODAY)

    def set_field(self) -> None:
        self.office.people.set_field(self.one(Person), "remarks", self.chance.choice(("", "甲", "乙")), TODAY)

    def move(self) -> None:
        day = date(2026, self.chance.randint(1, 11), self.chance.randint(1, 24))
        place, posts = self.chance.choice(_PLACES), self.chance.choice(_POSTS)
        self.office.people.move(self.one(Person), place, posts, day, "调整", TODAY)

    def end(self) -> None:
        self.office.roster.end_terms(
            [self.one(TermOfOffice)], date(2026, self.chance.randint(1, 11), 1), "辞职"
        )

    def correct(self) -> None:
        self.office.people.correct(
            self.one(TermOfOffice), TODAY, post=self.chance.choice(("支委", "村委会委员"))
        )

    def elect(self) -> None:
        elected = [
            Elected(posts="主任", person_id=self.one(Person)),
            Elected(posts="委员", values={"name": "新人"}),
        ]
        election = Election(
            division_code=VILLAGE,
            committee=Committee.VILLAGERS,
            number="第十三届",
            start=f"2026.{self.chance.randint(1, 11):02d}",
            elected=tuple(elected),
        )
        self.office.elections.re_elect(election, TODAY)

    def reserve(self) -> None:
        typed = {
            "name": self.chance.choice(_NAMES),
            "birth": "1985.07",
            "aim": self.chance.choice(("书记", "委员")),
        }
        self.office.reserve.add(typed | {"village": "毕家塘村"}, TODAY)

    def edit_reserve(self) -> None:
        edits = [
            (self.one(ReserveCadre), "mentor", self.chance.choice(("甲", "乙"))),
            (self.one(ReserveCadre), "aim", "x"),
        ]
        self.office.reserve.set_cells(edits, TODAY, "粘贴")

    def leave(self) -> None:
        self.office.reserve.leave([self.one(ReserveCadre)], "2026.10", "其他", None, TODAY)

    def appraise(self) -> None:
        self.office.reserve.appraise(
            self.one(ReserveCadre), "2025", self.chance.choice(("优秀", "一般")), None, TODAY
        )

    def study(self) -> None:
        typed = {"school": "长江大学", "level": "本科", "fee": str(self.chance.choice((7500, 8000)))}
        self.office.study.add(typed, TODAY, owner_id=self.one(Person), division_code=VILLAGE)

    def finish(self) -> None:
        offer = self.office.study.finish(self.one(Study), "2026.07", TODAY)
        if offer is not None:
            self.office.study.take(offer)

    def year(self) -> None:
        self.office.village_years.start_year(str(self.chance.choice((2025, 2026))), TODAY)

    def choose(self) -> None:
        """The same number again is no change."""
        if self.chance.random() < 0.5:
            self.office.reserve.fewest = self.chance.randint(1, 4)
        else:
            self.office.study.proportion = self.chance.choice(((3, 3, 4), (1, 1, 1), (2, 3, 5)))

    def merge(self) -> None:
        self.office.same_people.merge(self.one(Person), self.one(Person))

    def tell_apart(self) -> None:
        self.office.same_people.tell_apart(self.one(Person), self.one(Person))

    def remove(self) -> None:
        self.office.reserve.remove([self.one(ReserveCadre)])

    def undo(self) -> None:
        self.office.history.undo()

    def redo(self) -> None:
        self.office.history.redo()

    def undo_older(self) -> None:
        last = self.office.history.recent(1)[0].seq
        self.office.history.undo(self.chance.randint(2, max(2, last)))


ACTIONS: tuple[Callable[[Actor], None], ...] = (
    *(Actor.enter, Actor.enter, Actor.set_field, Actor.move, Actor.end, Actor.correct, Actor.elect),
    *(Actor.reserve, Actor.edit_reserve, Actor.leave, Actor.appraise, Actor.study, Actor.finish, Actor.year),
    Actor.choose,
    *(Actor.merge, Actor.tell_apart, Actor.remove, Actor.undo, Actor.redo, Actor.undo_older),
)
_AT_MOST: dict[Callable[[Actor], None], int] = {
    Actor.finish: 2
}  # change sets: the graduation, and the offer taken


@settings(max_examples=settings().max_examples // 3)  # an office is opened for each
@given(
    seed=st.integers(0, 2**32), numbers=st.lists(st.integers(0, len(ACTIONS) - 1), min_size=8, max_size=40)
)
def test_any_sequence_can_be_undone_and_redone(seed: int, numbers: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "office") as office:
        actor, start = Actor(office, seed), content(office)
        for number in numbers:
            act(actor, ACTIONS[number])
        end, turns = content(office), 0

        while office.history.undo() is not None:
            turns += 1
        assert content(office) == start
        for _ in range(turns):
            office.history.redo()
        assert content(office) == end


def act(actor: Actor, action: Callable[[Actor], None]) -> None:
    """One action is at most one change set, and one that is refused leaves everything as it was."""
    office = actor.office
    before, seq = content(office), office.history.recent(1)[0].seq
    refused = False
    try:
        action(actor)
    except (DesktopError, LookupError):
        refused = True
    made = office.history.recent(1)[0].seq - seq
    assert made <= _AT_MOST.get(action, 1)
    if refused:
        assert content(office) == before
    if content(office) != before:
        assert made >= 1


def test_the_records_at_a_thousand_points_are_what_a_replay_gives(tmp_path: Path) -> None:
    with opened(tmp_path / "office") as office:
        actor, chance, history = Actor(office, 7), Random(11), History(office._store)
        first = office.history.recent(1)[0].seq
        states = {first: content(office)}
        while len(states) < 120:
            with suppress(DesktopError, LookupError):
                ACTIONS[chance.randrange(len(ACTIONS))](actor)
            states[office.history.recent(1)[0].seq] = content(office)
        seqs = sorted(states)
        assert all(max(len(state[r.name]) for state in states.values()) for r in REGISTERS if r.name in _USED)

        replayed = states[first]
        replay = {first: replayed}
        for seq in range(first + 1, seqs[-1] + 1):
            replayed = {table: dict(rows) for table, rows in replayed.items()}
            for row in history.rows_of(seq):
                replayed[row.table].pop(row.key, None)
                if row.after is not None:
                    record = next(r.record for r in REGISTERS if r.name == row.table)
                    replayed[row.table][row.key] = record(**row.after)
            replay[seq] = replayed
        assert states == {seq: replay[seq] for seq in states}

        assert all(office.history.details(seq) for seq in seqs[1:])  # each can be told in words
        for _ in range(1000):
            seq, register = chance.choice(seqs), chance.choice(REGISTERS)
            recorded = [register.record(**row) for row in history.state_at(register.name, seq)]
            assert recorded == [replay[seq][register.name][key] for key in sorted(replay[seq][register.name])]


def test_an_older_change_whose_rows_have_moved_on_is_refused_with_words(tmp_path: Path) -> None:
    with opened(tmp_path / "office") as office:
        key = office.reserve.add({"village": "毕家塘村", "name": "高明", "aim": "书记"}, TODAY)
        office.reserve.set_cell(key, "mentor", "王建军", TODAY)
        older = office.history.recent(1)[0].seq
        office.reserve.set_cell(key, "mentor", "李建军", TODAY)
        before = content(office)

        with pytest.raises(
            UndoRefusedError, match="修改培养联系人：毕家塘村 高明”：其中 1 条记录后来又有改动"
        ):
            office.history.undo(older)

        assert content(office) == before
