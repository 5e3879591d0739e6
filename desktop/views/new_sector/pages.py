"""The pages of 两新组织: units, party organisations, instructors, visits; from a unit to its 8+N and to a visit."""

from __future__ import annotations

from desktop.models.registers.listing import Line
from desktop.views.new_sector.visiting import ask_for_visit_by, ask_for_visit_to
from desktop.views.page import Request
from desktop.views.records.details import LineAction
from desktop.views.records.page import RecordsPage

_VISIT = "登记走访…"


class OrganizationsPage(RecordsPage):
    """What units have beside any register."""

    noun = "个单位"
    register = "organization"
    adding = "新增单位"
    finding = "单位、信用代码、负责人、书记"
    nothing = "还没有登记单位。"
    first_chip = "open"
    ledger = "organizations"

    def line_actions(self) -> list[LineAction]:
        """See RecordsPage."""
        visit = LineAction(words=_VISIT, icon="calendar", act=self._ask_for_visit)
        items = LineAction(words="8+N", icon="clipboard", act=self._open_checklist, fits=_has_branch)
        return [*super().line_actions(), visit, items]

    def _ask_for_visit(self) -> None:
        if line := self.current_record:
            ask_for_visit_to(self, line)

    def _open_checklist(self) -> None:
        if line := self.current_record:
            self.asked.emit(Request(page="checklist", of=(line.record.branch_id,)))


class PartyBranchesPage(RecordsPage):
    """What party organisations have beside any register."""

    noun = "个党组织"
    register = "party_branch"
    adding = "新增党组织"
    finding = "党组织、书记、品牌"
    nothing = "还没有登记党组织。"
    first_chip = "standing"

    def line_actions(self) -> list[LineAction]:
        """See RecordsPage."""
        units = LineAction(words="看单位", icon="eye", act=self._open_units, fits=_has_units)
        items = LineAction(words="8+N", icon="clipboard", act=self._open_checklist)
        return [*super().line_actions(), units, items]

    def _open_units(self) -> None:
        if line := self.current_record:
            units = self.office.registers["organization"].records(branch_id=line.key)
            self.asked.emit(Request(page="organizations", of=tuple(unit.id for unit in units)))

    def _open_checklist(self) -> None:
        if line := self.current_record:
            self.asked.emit(Request(page="checklist", of=(line.key,)))


class InstructorsPage(RecordsPage):
    """What instructors have beside any register."""

    register = "instructor"
    adding = "新增指导员"
    finding = "姓名、拼音、派出单位、电话"
    nothing = "还没有登记党建指导员。"
    first_chip = "serving"
    ledger = "instructors"

    def line_actions(self) -> list[LineAction]:
        """See RecordsPage."""
        visit = LineAction(words=_VISIT, icon="calendar", act=self._ask_for_visit)
        return [*super().line_actions(), visit]

    def _ask_for_visit(self) -> None:
        if line := self.current_record:
            ask_for_visit_by(self, line)


class VisitsPage(RecordsPage):
    """A visit is entered from its unit or its instructor, or here."""

    noun = "次走访"
    register = "visit"
    adding = "登记走访"
    finding = "指导员、单位、走访内容"
    nothing = "还没有登记走访。"
    ledger = "visits"


def _has_branch(line: Line) -> bool:
    return line.record.branch_id is not None


def _has_units(line: Line) -> bool:
    return bool(line.computed.get("units"))
