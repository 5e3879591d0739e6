"""The tabs of the health check and of its rules, and the marks in the roster's tree."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QSpinBox
from pytestqt.qtbot import QtBot

from desktop.models.database.records import Records
from desktop.models.registers.committee_term import CommitteeTerm
from desktop.office import Office
from desktop.views.health.findings import FindingsPart
from desktop.views.health.rules import RulesPart
from desktop.views.ledgers.ledger_page import LedgerPage
from desktop.views.main_window import MainWindow
from desktop.views.page import Request
from desktop.views.records.committee_terms_page import CommitteeTermsPage
from desktop.views.register.page import RosterPage
from desktop.views.structure.page import StructurePage
from tests.offices import TODAY
from tests.views.hands import press, tap, words, write


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> StructurePage:
    """The findings in front."""
    window.open(Request(page="structure", rule="R7-1"))
    shown = window.page
    assert isinstance(shown, StructurePage)
    qtbot.waitUntil(lambda: shown.findings.report is not None)
    return shown


@pytest.fixture
def findings(page: StructurePage) -> FindingsPart:
    """The tab 体检."""
    return page.findings


@pytest.fixture
def rules(page: StructurePage, settle: Callable[[], None]) -> RulesPart:
    """The tab 体检规则 in front."""
    page.tabs.setCurrentIndex(2)
    settle()
    return page.rules


def setting(rules: RulesPart, rule: str) -> tuple[bool, str]:
    found = next(each for each in rules.office.health.rules() if each.rule.id == rule)
    return found.on, found.basis


def test_findings_stand_by_level_then_by_rule(findings: FindingsPart) -> None:
    tree = findings.tree
    tops = [tree.topLevelItem(place) for place in range(tree.topLevelItemCount())]

    assert [top.text(0) for top in tops if top] == ["法律　3 条", "党内法规　4 条"]
    assert findings.chips["all"].text() == "全部 7"


def test_a_finding_tells_the_rule_its_basis_and_what_to_do(findings: FindingsPart) -> None:
    told = words(findings.panel)

    assert "居委会人数" in told
    assert "城市居民委员会组织法" in told
    assert "依法补选" in told


def test_a_chip_leaves_one_severity(findings: FindingsPart) -> None:
    press(findings.chips["info"])
    assert findings.tree.topLevelItemCount() == 1

    press(findings.chips["error"])
    assert "没有这一类问题。" in words(findings)


def test_enter_opens_the_people_of_a_finding_in_the_roster(
    window: MainWindow, findings: FindingsPart
) -> None:
    tap(findings.tree, Qt.Key.Key_Return)

    assert isinstance(window.page, RosterPage)
    assert len(window.page.model.keys) == 11


def test_terms_that_end_open_as_the_terms_of_that_body_in_those_villages(
    window: MainWindow, filled_office: Office, settle: Callable[[], None]
) -> None:
    villages = [
        unit.division.code for unit in filled_office.roster.units(TODAY) if unit.division.code[-3:] != "000"
    ]
    ending, others = villages[:3], villages[3:5]
    terms = [
        CommitteeTerm(id=f"{body}{code}", division_code=code, committee=body, start="2021-12", due=due)
        for body in ("1", "2")
        for due, codes in ((f"{TODAY:%Y-%m}", ending), ("2099-12", others))
        for code in codes
    ]
    with filled_office._store.change("届次"):
        Records(filled_office._store).insert_many(terms)
    window.open(Request(page="structure", rule="R5"))
    settle()
    findings = window.page.findings  # type: ignore[attr-defined]  # asserted by its fixture elsewhere
    assert findings.panel.open.text() == "在班子届次中打开"

    press(findings.panel.open)

    assert isinstance(window.page, CommitteeTermsPage)
    assert window.page.model.keys == [f"1{code}" for code in ending]


def test_the_list_of_issues_is_printed(
    window: MainWindow, page: StructurePage, settle: Callable[[], None]
) -> None:
    press(page._print)
    settle()

    assert isinstance(window.page, LedgerPage)
    assert window.page.options.request.name == "issues"


def test_a_local_rule_asks_for_its_document_and_is_on_once_it_has_it(rules: RulesPart) -> None:
    rules.tree.setCurrentItem(rules._items["R11-1"])

    press(rules.panel.on)
    assert "依据文件" in rules.panel.words.text()
    assert setting(rules, "R11-1") == (False, "")
    assert QApplication.focusWidget() is rules.panel.basis

    write(rules.panel.basis, "石组发〔2026〕1 号")
    tap(rules.panel.basis, Qt.Key.Key_Return)
    assert setting(rules, "R11-1") == (True, "石组发〔2026〕1 号")
    assert rules.panel.words.text() == ""


def test_space_turns_a_rule_off_and_what_it_found_goes(
    page: StructurePage, rules: RulesPart, settle: Callable[[], None]
) -> None:
    rules.tree.setFocus()
    rules.tree.setCurrentItem(rules._items["R7-1"])

    tap(rules.tree, Qt.Key.Key_Space)
    assert setting(rules, "R7-1")[0] is False

    page.tabs.setCurrentIndex(1)
    settle()
    assert page.findings.chips["all"].text() == "全部 4"


def test_a_number_is_kept_when_it_is_changed(rules: RulesPart) -> None:
    rules.tree.setCurrentItem(rules._items["R7-1"])
    least = rules.panel._numbers["least"]
    assert isinstance(least, QSpinBox)

    least.setFocus()
    tap(least, Qt.Key.Key_Down)

    found = next(each for each in rules.office.health.rules() if each.rule.id == "R7-1")
    assert found.limits["least"] == 4


def test_a_rule_turned_off_is_on_again_after_undo(rules: RulesPart, window: MainWindow) -> None:
    rules.tree.setFocus()
    rules.tree.setCurrentItem(rules._items["R7-1"])
    tap(rules.tree, Qt.Key.Key_Space)
    assert "已停用体检规则" in words(window)

    window.undo()

    assert setting(rules, "R7-1")[0] is True
    assert rules._items["R7-1"].checkState(0) is Qt.CheckState.Checked


def test_villages_with_findings_are_marked_in_the_tree_of_the_roster(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = window.show_page("roster")
    assert isinstance(page, RosterPage)
    qtbot.waitUntil(lambda: page._marks is not None and bool(page._marks.words))

    items = page.units.tree.findItems("焦山河", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
    assert items[0].toolTip(0) == "体检发现 1 个问题\n居委会 4 人，少于 5 人。"
