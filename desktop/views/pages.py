"""The pages of the window, each declared once; its module is imported when it is first shown."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.views.page import Page

_RESERVE = "后备力量"
_VILLAGES = "村级数据"
_CHECKLIST = "8+N"
_SECTOR = "两新组织"
_FOUR_ONES = "四个一"
_HANDOFF = "报送汇总"
_TOWNSHIP = ("township",)
_CITY = ("city",)


@dataclass(frozen=True, slots=True)
class PageKind:
    """What the window knows of a page before anybody asked for it."""

    name: str  # what a Request calls it
    title: str
    icon: str  # of icons.GLYPHS
    page: str  # its class, by module below ``desktop.views``: the program opens without importing it
    _: KW_ONLY
    group: str | None = None  # pages with the same words here share one place; each is a tab of it
    placed: bool = True  # in the navigation; others are opened by a page that stands there
    levels: tuple[str, ...] = ("township", "city")  # of the offices that have it

    @property
    def module(self) -> str:
        """The module that holds the class."""
        return f"{__package__}.{self.page.rpartition('.')[0]}"

    def load(self) -> type[Page]:
        """The class."""
        page: type[Page] = getattr(import_module(self.module), self.page.rpartition(".")[2])
        return page


PAGES = (
    PageKind("home", "工作台", "dashboard", "home.page.HomePage"),
    PageKind("roster", "两委班子", "group", "register.page.RosterPage"),
    PageKind("reserve", "后备干部", "person-add", "records.reserve_page.ReservePage", group=_RESERVE),
    PageKind("study", "双提升", "school", "records.study_page.StudyPage", group=_RESERVE),
    PageKind(
        "village_figures",
        "年度数据",
        "figures",
        "records.village_figures_page.VillageFiguresPage",
        group=_VILLAGES,
    ),
    PageKind(
        "committee_terms",
        "班子届次",
        "figures",
        "records.committee_terms_page.CommitteeTermsPage",
        group=_VILLAGES,
    ),
    PageKind("structure", "结构与体检", "structure", "structure.page.StructurePage"),
    PageKind("checklist", "总表", "clipboard", "checklist.page.ChecklistPage", group=_CHECKLIST),
    PageKind(
        "rectifications", "整改", "alert", "checklist.rectifications.RectificationsPage", group=_CHECKLIST
    ),
    PageKind("class_moves", "升降级", "sort-up", "checklist.class_moves.ClassMovesPage", group=_CHECKLIST),
    PageKind("schemes", "方案", "cog", "checklist.schemes.SchemesPage", group=_CHECKLIST),
    PageKind("organizations", "单位", "home-city", "new_sector.pages.OrganizationsPage", group=_SECTOR),
    PageKind("party_branches", "党组织", "structure", "new_sector.pages.PartyBranchesPage", group=_SECTOR),
    PageKind("instructors", "指导员", "person", "new_sector.pages.InstructorsPage", group=_SECTOR),
    PageKind("visits", "走访", "calendar", "new_sector.pages.VisitsPage", group=_SECTOR),
    PageKind("coverage", "覆盖率", "figures", "new_sector.coverage_page.CoveragePage", group=_SECTOR),
    PageKind("four_ones", "总表", "calendar", "four_ones.page.FourOnesPage", group=_FOUR_ONES),
    PageKind(
        "managed_secretaries",
        "提级管理",
        "key",
        "four_ones.managed_page.ManagedSecretariesPage",
        group=_FOUR_ONES,
    ),
    PageKind("mentoring", "挂钩结对", "group", "four_ones.mentoring_page.MentoringPage", group=_FOUR_ONES),
    PageKind(
        "activities", "活动记录", "clipboard", "four_ones.activities_page.ActivitiesPage", group=_FOUR_ONES
    ),
    PageKind(
        "field_problems", "问题清单", "alert", "four_ones.problems_page.FieldProblemsPage", group=_FOUR_ONES
    ),
    PageKind("calendar", "日历", "calendar", "four_ones.calendar_page.CalendarPage", group=_FOUR_ONES),
    PageKind(
        "four_ones_schemes", "方案", "cog", "four_ones.schemes_page.FourOnesSchemesPage", group=_FOUR_ONES
    ),
    # the roster opens it
    PageKind("import", "导入名册", "import", "exchange.import_page.ImportPage", placed=False),
    PageKind("ledgers", "台账打印", "printer", "ledgers.ledger_page.LedgerPage"),
    PageKind("handoff", "报送", "export", "handoff.page.HandoffPage", group=_HANDOFF, levels=_TOWNSHIP),
    PageKind("merging", "汇总", "tray", "handoff.merging_page.MergingPage", group=_HANDOFF, levels=_CITY),
    PageKind(
        "handoff_trust", "登记与下发", "key", "handoff.trust_page.TrustPage", group=_HANDOFF, levels=_CITY
    ),
    PageKind("rally", "拉练评比", "sort-down", "rally.page.RallyPage", group=_HANDOFF, levels=_CITY),
    PageKind("settings", "备份与设置", "cog", "settings.settings_page.SettingsPage"),
    PageKind("person", "人员页", "person", "person.page.PersonPage", placed=False),
)


def kind_of(page: type[Page]) -> PageKind:
    """What is declared of a page's class."""
    where = f"{page.__module__}.{page.__name__}"
    return next(kind for kind in PAGES if f"{__package__}.{kind.page}" == where)
