"""Studying while in office (双提升): who pays what of the fee, and what a finished course says of a person's education."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.models.database.store import Store
from desktop.models.domain.codes import highest_education
from desktop.models.domain.reading import Cell
from desktop.models.ledgers.ledger import Ledger
from desktop.models.ledgers.study import study_ledger
from desktop.models.registers.listing import Line
from desktop.models.registers.listings import STUDIES
from desktop.models.registers.person import PERSON, Person
from desktop.models.registers.roster import RosterQuery
from desktop.models.registers.study import GRADUATED, Study
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.choices import PROPORTION, Choices
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.ledgers import Builder, Frame, LedgerRequest
from desktop.models.services.registers import RegisterService
from desktop.models.services.roster import RosterService, consequences
from desktop.models.services.settings import SettingsService

SHARES = ("township_share", "village_share", "own_share")


@dataclass(frozen=True, slots=True)
class EducationOffer:
    """What a finished course would change in a person's education: labels with the old and the new, as shown."""

    person_id: str
    name: str
    values: Mapping[str, object]  # stored, by PERSON field
    changes: tuple[tuple[str, str, str], ...]


class StudyService(RegisterService):
    """The study register, and what is special about it."""

    def __init__(
        self, store: Store, divisions: DivisionsService, settings: SettingsService, roster: RosterService
    ) -> None:
        super().__init__(store, divisions, settings, roster, STUDIES)
        self._choices = Choices(store)

    @property
    def proportion(self) -> tuple[int, int, int]:
        """乡镇 : 村 : 个人."""
        township, village, own = self._choices.get(PROPORTION)
        return int(township), int(village), int(own)

    @proportion.setter
    def proportion(self, parts: Sequence[int]) -> None:
        if len(parts) != 3 or min(parts) < 0 or not sum(parts):
            raise InvalidValueError({"fee": "分担比例应为三个数，如 3:3:4，合计不能为零。"}, STUDIES.shown)
        self._choices.set({PROPORTION: list(parts)}, f"学费分担比例改为 {':'.join(map(str, parts))}")

    def split(self, fee: int) -> dict[str, int]:
        """A fee in whole yuan by the proportion; what does not divide is the person's."""
        parts = self.proportion
        township, village = (fee * part // sum(parts) for part in parts[:2])
        return dict(zip(SHARES, (township, village, fee - township - village), strict=True))

    def proposals(self, record: Mapping[str, object]) -> Mapping[str, object]:
        """The shares of the fee."""
        fee = record.get("fee")
        return self.split(fee) if isinstance(fee, int) else {}

    def complete(self, record: Mapping[str, object], known: Person | None) -> Mapping[str, object]:
        """The shares, and the education the person has when the course is entered."""
        before = {"education_before": known.education} if known else {}
        return {**before, **super().complete(record, known)}

    def doubts(self, line: Line) -> dict[str, str]:
        """Shares that do not make the fee, too."""
        study: Study = line.record
        shares = [share for share in (study.township_share, study.village_share, study.own_share) if share]
        found = super().doubts(line)
        if study.fee is not None and shares and sum(shares) != study.fee:
            found["fee"] = f"分担合计 {sum(shares)} 元，与学费 {study.fee} 元不符，请核对。"
        return found

    def finish(self, key: str, month: str, today: date) -> EducationOffer | None:
        """Graduate (毕业) in a month as typed; what it says of the person's education is offered, not written.

        Raises:
            InvalidValueError: the month cannot be read, or the course began later.
            VanishedLineError: the line is gone.
        """
        line = self._one(key, today)
        reading = self.listing.shown.field("ended").kind.read(Cell(month), today)
        problem = reading.problem if reading.value is None else None
        if reading.value is None and problem is None:
            problem = "请填写毕业时间。"
        if isinstance(reading.value, str) and line.record.start and reading.value < line.record.start[:7]:
            problem = "毕业时间早于入学时间，请核对。"
        if problem is not None:
            raise InvalidValueError({"ended": problem}, self.listing.shown)
        with self._store.change(f"毕业：{self._who(line.record)}"):
            self._records.update(Study, key, status=GRADUATED, ended=reading.value)
        return self.offer(key, today)

    def offer(self, key: str, today: date) -> EducationOffer | None:
        """What a finished course would change in the person's education; None where it is not finished or says nothing new."""
        line = self._one(key, today)
        study, person = line.record, line.person
        if study.status != GRADUATED or study.level is None or person is None:
            return None
        higher = highest_education(study.level, person.education_in_service)
        values = consequences(person, "education_in_service", higher, "")
        if higher == study.level and (studied := " ".join(filter(None, (study.school, study.major)))):
            values["school_major"] = studied
        values = {name: value for name, value in values.items() if getattr(person, name) != value}
        if not values or not values.keys() & {"education", "education_in_service"}:
            return None
        changes = tuple(
            (field.label, field.kind.show(getattr(person, name)), field.kind.show(value))
            for name, value in values.items()
            for field in (PERSON.field(name),)
        )
        return EducationOffer(person.id, person.name, values, changes)

    def take(self, offer: EducationOffer) -> None:
        """Update the person's education as offered."""
        with self._store.change(f"更新学历：{offer.name}"):
            self._records.update(Person, offer.person_id, **offer.values)

    def ledgers(self) -> dict[str, Builder]:
        """How the ledger of studies is made."""
        return {"study": self._ledger}

    def _ledger(self, request: LedgerRequest, frame: Frame) -> Ledger:
        lines = self.rows(self.keys(RosterQuery(on=request.on, unit=request.unit)), request.on)
        return study_ledger(
            lines, place=frame.place, signature=frame.signature, on=request.on, paper=frame.paper
        )
