"""The services of an office, each made, and its module imported, when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from desktop.models import services
from desktop.models.database.store import Store
from desktop.models.registers.division import Division
from desktop.models.registers.listings import LISTINGS
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.history import HistoryService
from desktop.models.services.schemes import SchemesService
from desktop.models.services.settings import SettingsService

if TYPE_CHECKING:
    import desktop.models.services.activities
    import desktop.models.services.activity_forms
    import desktop.models.services.activity_kinds
    import desktop.models.services.attachments
    import desktop.models.services.attendees
    import desktop.models.services.backup
    import desktop.models.services.checklists
    import desktop.models.services.dossiers
    import desktop.models.services.elections
    import desktop.models.services.field_problems
    import desktop.models.services.four_ones
    import desktop.models.services.four_ones_ledgers
    import desktop.models.services.gradings
    import desktop.models.services.handoff
    import desktop.models.services.health
    import desktop.models.services.importing
    import desktop.models.services.ledgers
    import desktop.models.services.mentoring
    import desktop.models.services.new_sector
    import desktop.models.services.new_sector_ledgers
    import desktop.models.services.paper_photos
    import desktop.models.services.people
    import desktop.models.services.rallies
    import desktop.models.services.rectifications
    import desktop.models.services.register_importing
    import desktop.models.services.registers
    import desktop.models.services.reserve
    import desktop.models.services.roster
    import desktop.models.services.same_people
    import desktop.models.services.structure
    import desktop.models.services.study
    import desktop.models.services.term_changes
    import desktop.models.services.village_years  # noqa: F401  # that ``services`` has them is told to the type checker

S = TypeVar("S")


def _made(make: Callable[[OfficeServices], S]) -> cached_property[S]:
    """A service that is made, and its module imported, when it is first asked for: the program opens without it."""
    return cached_property(make)


class OfficeServices:
    """What an opened store can do; every service stands on those above it."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder = folder
        self._store = store
        self.settings = SettingsService(store)
        store.operator = self.settings.operator
        self.divisions = DivisionsService(store)
        self.schemes = SchemesService(store)
        self.history = HistoryService(store, self.divisions, self.settings)
        self._base = (store, self.divisions, self.settings)

    backups = _made(
        lambda office: services.backup.BackupService(office.folder, office._store, office.settings)
    )
    attachments = _made(
        lambda office: services.attachments.AttachmentsService(
            office._store, office.folder, office.history.called
        )
    )
    roster = _made(lambda office: services.roster.RosterService(*office._base))
    reserve = _made(lambda office: services.reserve.ReserveService(*office._common))
    study = _made(lambda office: services.study.StudyService(*office._common))
    village_years = _made(
        lambda office: services.village_years.VillageYearService(*office._common, office.reserve)
    )
    same_people = _made(lambda office: services.same_people.SamePeopleService(office._store))
    elections = _made(lambda office: services.elections.ElectionsService(office._store, office.divisions))
    term_changes = _made(lambda office: services.term_changes.TermChangesService(*office._base))
    structure = _made(lambda office: services.structure.StructureService(*office._base))
    managed_secretaries = _made(lambda office: services.mentoring.ManagedSecretaryService(*office._common))
    mentoring = _made(lambda office: services.mentoring.MentoringService(*office._common))
    activities = _made(
        lambda office: services.activities.ActivitiesService(
            *office._common,
            services.activity_kinds.ActivityKinds(office.schemes),
            services.attendees.Attendees(
                office._store, office.divisions, office.roster, office.managed_secretaries
            ),
        )
    )
    field_problems = _made(lambda office: services.field_problems.FieldProblemService(*office._common))
    activity_forms = _made(
        lambda office: services.activity_forms.ActivityForms(
            *office._base, office.activities, office.field_problems, office.attachments
        )
    )
    four_ones = _made(
        lambda office: services.four_ones.FourOnesService(
            office._store, office.divisions, office.schemes, office.activities
        )
    )
    new_sector = _made(lambda office: services.new_sector.NewSectorService(office._store, office.divisions))
    checklists = _made(lambda office: services.checklists.ChecklistsService(*office._base, office.schemes))
    gradings = _made(lambda office: services.gradings.GradingsService(office._store, office.checklists))
    rectifications = _made(
        lambda office: services.rectifications.RectificationsService(
            office._store, office.checklists, office.schemes
        )
    )
    rallies = _made(lambda office: services.rallies.RalliesService(office._store, office.divisions))
    health = _made(
        lambda office: services.health.HealthService(
            *office._base,
            others=(office.new_sector.facts, office.rectifications.facts, office.four_ones.facts),
        )
    )
    dossiers = _made(
        lambda office: services.dossiers.DossiersService(office._store, office.divisions, office.ledgers)
    )
    people = _made(
        lambda office: services.people.PeopleService(
            office._store, office.divisions, office.roster, office.registers
        )
    )
    imports = _made(
        lambda office: services.importing.ImportService(
            office._store, office.divisions, office.roster, office.settings, office.backups
        )
    )
    register_imports = _made(
        lambda office: services.register_importing.RegisterImportService(
            office._store, office.registers, office.backups
        )
    )
    handoff = _made(
        lambda office: services.handoff.Handoff(
            office._store,
            office.folder,
            office.divisions,
            office.settings,
            office.schemes,
            office.health,
            office.history,
            office.backups,
        )
    )

    @property
    def _common(self) -> tuple[Store, DivisionsService, SettingsService, services.roster.RosterService]:
        """What every register's service stands on."""
        return *self._base, self.roster

    @cached_property
    def registers(self) -> dict[str, services.registers.RegisterService]:
        """The service of each register, by its name."""
        special = (
            *(self.reserve, self.study, self.village_years),
            *(self.managed_secretaries, self.mentoring, self.activities, self.field_problems),
            services.people.RelativesService(*self._common),
            services.new_sector.OrganizationService(*self._common),
            services.new_sector.PartyBranchService(*self._common),
            services.new_sector.InstructorService(*self._common),
            services.new_sector.VisitService(*self._common),
        )
        plain = services.registers.RegisterService
        return {listing.name: plain(*self._common, listing) for listing in LISTINGS} | {
            service.listing.name: service for service in special
        }

    @cached_property
    def ledgers(self) -> services.ledgers.LedgersService:
        """What is printed, whoever makes it."""
        photos = services.paper_photos.PaperPhotos(self.attachments)
        choosers = (  # of which periods, or some sheets only, may be chosen
            services.new_sector_ledgers.NewSectorLedgers(
                self.divisions,
                self.settings,
                self.schemes,
                self.registers,
                self.new_sector,
                self.checklists,
                self.gradings,
                self.rectifications,
                photos,
            ),
            services.four_ones_ledgers.FourOnesLedgers(
                self.four_ones,
                self.activities,
                self.managed_secretaries,
                self.mentoring,
                self.field_problems,
                photos,
            ),
        )
        makers = (
            *(self.reserve, self.study, self.village_years, self.term_changes),
            *(self.structure, self.health, self.rallies),
            *choosers,
        )
        return services.ledgers.LedgersService(
            self._store,
            self.divisions,
            self.roster,
            self.settings,
            builders={name: builder for maker in makers for name, builder in maker.ledgers().items()},
            choosers={name: chooser for chooser in choosers for name in chooser.ledgers()},
            recorded=self.term_changes.roster_as_recorded,
        )

    @property
    def unit(self) -> Division:
        """The township or city that this office is."""
        return self.divisions.get(self.settings.unit)

    @property
    def level(self) -> str:
        """``township`` or ``city``."""
        return str(self.settings.get("level"))

    @property
    def is_sample(self) -> bool:
        """Whether the people are invented."""
        return bool(self.settings.get("sample", False))
