"""Classes of party organisations (定级): decided by a person, each move kept (升降级)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.models.database.records import Records
from desktop.models.database.store import Store
from desktop.models.domain.ids import new_id
from desktop.models.domain.periods import Period
from desktop.models.domain.reading import Cell
from desktop.models.registers.checklist import GRADING, Grading
from desktop.models.registers.new_sector import PartyBranch
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.checklist_reader import ChecklistReader

FIRST, UP, DOWN = "首次定级", "升级", "降级"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One change of class; ``before`` None: the first decision."""

    branch: PartyBranch
    township: str
    place: str
    before: Grading | None
    after: Grading

    @property
    def kind(self) -> str:
        """FIRST, UP or DOWN."""
        if self.before is None:
            return FIRST
        return UP if self.after.grade < self.before.grade else DOWN  # A goes before B


class GradingsService:
    """Decides on classes and tells how they moved."""

    def __init__(self, store: Store, reader: ChecklistReader) -> None:
        self._store = store
        self._records = Records(store)
        self._reader = reader

    def decide(
        self,
        branch_id: str,
        period: str,
        grade: str,
        decided: str,
        today: date,
        *,
        reason: str = "",
        approved_by: str = "",
    ) -> str:
        """Keep a decision as typed and return its id: a reason is needed where the class changes or is not the one suggested.

        Raises:
            InvalidValueError: with every problem at once.
            VanishedBranchError: the organisation is not kept any more.
        """
        typed = {"grade": grade, "decided": decided, "reason": reason, "approved_by": approved_by}
        readings = {name: GRADING.field(name).kind.read(Cell(text), today) for name, text in typed.items()}
        problems = {name: reading.problem for name, reading in readings.items() if reading.problem}
        values = {name: reading.value for name, reading in readings.items()}
        for name, words in (("grade", "请选择 A、B、C 类。"), ("decided", "请填写审批日期。")):
            if values[name] is None:
                problems.setdefault(name, words)
        row = self._reader.row(branch_id, period, today)
        past = self.of(branch_id)
        day = str(values["decided"] or "")
        before = next((each for each in past if each.decided <= day), None)
        if not problems and values["reason"] is None:
            suggestion = row.verdict.suggestion
            if before is not None and before.grade != values["grade"]:
                problems["reason"] = f"由 {before.grade} 类改为 {values['grade']} 类，请写明原因。"
            elif suggestion and suggestion != values["grade"]:
                problems["reason"] = f"与建议的 {suggestion} 类不同，请写明原因。"
        if problems:
            raise InvalidValueError(problems, GRADING)
        grading = Grading(id=new_id(), branch_id=branch_id, period=period, **values)  # type: ignore[arg-type]  # read above
        moved = f"（原 {before.grade} 类）" if before and before.grade != grading.grade else ""
        label = Period.parse(period).label
        with self._store.change(f"定级：{row.branch.name} {label} {grading.grade} 类{moved}"):
            self._records.insert_many([grading])
        return grading.id

    def remove(self, grading_id: str) -> None:
        """Take out a decision that was entered by mistake."""
        for grading in self._records.select(Grading, id=grading_id):
            name = self._reader.branch(grading.branch_id).name
            with self._store.change(
                f"删除定级：{name} {Period.parse(grading.period).label} {grading.grade} 类"
            ):
                self._records.delete(Grading, [grading_id])

    def of(self, branch_id: str) -> list[Grading]:
        """Every decision on an organisation, the last one first."""
        found = self._records.select(Grading, branch_id=branch_id)
        return sorted(found, key=lambda each: (each.decided, each.id), reverse=True)

    def moves(self, since: date, until: date, unit: str | None = None) -> list[Move]:
        """The classes that changed in some days, first decisions too, by day; both days count."""
        branches = {branch.id: branch for branch in self._reader.all_branches(unit)}
        before: dict[str, Grading] = {}
        moves = []
        found = self._records.select(Grading, branch_id=list(branches))
        for grading in sorted(found, key=lambda each: (each.decided, each.id)):
            last = before.get(grading.branch_id)
            before[grading.branch_id] = grading
            moved = last is None or last.grade != grading.grade
            if moved and since.isoformat() <= grading.decided <= until.isoformat():
                branch = branches[grading.branch_id]
                moves.append(
                    Move(
                        branch=branch,
                        township=self._reader.township(branch),
                        place=self._reader.place(branch),
                        before=last,
                        after=grading,
                    )
                )
        return moves
