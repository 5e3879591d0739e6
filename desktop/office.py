"""An opened data folder (一个单位的数据): its store, its keys, its services."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from desktop.models import services
from desktop.models.database.connection import StoreKey
from desktop.models.database.files import move
from desktop.models.database.keys import (
    WeakPasswordError,
    change_recovery_code,
    check_password,
    create_keys,
    read_key_file,
    set_password,
    unlock,
    unlock_with_recovery,
    write_key_file,
)
from desktop.models.database.layout import (
    ATTACHMENTS_NAME,
    BACKUPS_NAME,
    KEY_FILE_NAME,
    LOCK_NAME,
    STORE_NAME,
)
from desktop.models.database.records import Records
from desktop.models.database.restoring import finish_restore
from desktop.models.database.store import Store, create_store, open_store
from desktop.models.errors import DesktopError
from desktop.models.registers.division import Division, DivisionKind
from desktop.models.registers.listings import LISTINGS
from desktop.models.services.divisions import DivisionsService, preloaded
from desktop.models.services.history import FLOOR, HistoryService
from desktop.models.services.schemes import SchemesService
from desktop.models.services.settings import SettingsService
from desktop.paths import temporary_folder

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

PASSWORD_VARIABLE = "TOUYAN_PASSWORD"  # never an argument, which others on the PC could see
LEVELS = {"township": DivisionKind.TOWNSHIP, "city": DivisionKind.CITY}
_FOLDERS = (ATTACHMENTS_NAME, BACKUPS_NAME)
_NOT_RECORDS = frozenset({"logs", "temporary", LOCK_NAME})  # may lie in a folder before there is an office


class NoOfficeError(DesktopError):
    """A folder holds no office."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"“{folder}”里没有台账数据。请先用 init 或 sample 建立，或用 --data 指明数据文件夹。"
        )


class OccupiedFolderError(DesktopError):
    """A new office cannot be made where something is already."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"“{folder}”里已有数据，不能在这里新建，以免覆盖。请换一个空文件夹。")


class UnwritableFolderError(DesktopError):
    """A new office's folder cannot be made or written."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"不能在“{folder}”里新建数据：没有写入权限，或磁盘已满。请换一个文件夹。")


class UnknownUnitError(DesktopError):
    """A code is no township or city of the list."""

    def __init__(self, code: str, level: str) -> None:
        what = "乡镇" if level == "township" else "市县"
        super().__init__(f"代码“{code}”不是区划表里的{what}，请核对 12 位区划代码。")


def _made(make: Callable[[Office], S]) -> cached_property[S]:
    """A service that is made, and its module imported, when it is first asked for: the program opens without it."""
    return cached_property(make)


class Office:
    """One per process; ``worker`` opens it once more for another thread."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder = folder
        self._store = store
        self.settings = SettingsService(store)
        store.operator = self.settings.operator
        self.divisions = DivisionsService(store)
        self.schemes = SchemesService(store)
        self.history = HistoryService(store, self.divisions, self.settings)
        self._base = (store, self.divisions, self.settings)

    # each stands on those above it

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

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether a folder holds an office; a restore that was cut short is carried through first."""
        finish_restore(folder)
        return (folder / STORE_NAME).is_file() and (folder / KEY_FILE_NAME).is_file()

    @classmethod
    def create(
        cls, folder: Path, *, unit_code: str, level: str, password: str, backup_folder: Path | None = None
    ) -> tuple[Office, str]:
        """Make an office in an empty folder; return it and the recovery code, which is shown once.

        Raises:
            OccupiedFolderError, UnknownUnitError, UnwritableFolderError, WeakPasswordError: no office was made.
        """
        divisions = preloaded()
        if not any(d.code == unit_code and d.kind == LEVELS.get(level) for d in divisions):
            raise UnknownUnitError(unit_code, level)
        try:
            if _is_occupied(folder):
                raise OccupiedFolderError(folder)
            key, key_file, recovery_code = create_keys(password)
            making = temporary_folder(folder) / "making"
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir()
            with create_store(making / STORE_NAME, key) as store:
                _fill(store, divisions, unit=unit_code, level=level, backup_folder=backup_folder)
            for name in _FOLDERS:
                (folder / name).mkdir(exist_ok=True)
            write_key_file(folder / KEY_FILE_NAME, key_file)
            move(making / STORE_NAME, folder / STORE_NAME)  # what has its own name is whole
            shutil.rmtree(making)
        except OSError as error:
            raise UnwritableFolderError(folder) from error
        return cls._opened(folder, key), recovery_code

    @classmethod
    def open(cls, folder: Path, password: str) -> Office:
        """Open an office.

        Raises:
            NoOfficeError, WrongPasswordError, AlreadyOpenError, NewerStoreError …: words for each.
        """
        _require(folder)
        key = unlock(read_key_file(folder / KEY_FILE_NAME), password)
        return cls._opened(folder, key)

    @classmethod
    def recover(cls, folder: Path, recovery_code: str, new_password: str) -> Office:
        """Open an office with the printed recovery code and set a new password."""
        _require(folder)
        key_file = read_key_file(folder / KEY_FILE_NAME)
        key = unlock_with_recovery(key_file, recovery_code)
        changed = set_password(key_file, key, new_password)
        office = cls._opened(folder, key)
        write_key_file(folder / KEY_FILE_NAME, changed)
        return office

    @classmethod
    def _opened(cls, folder: Path, key: StoreKey) -> Office:
        """An office with what this program has brought since the store was made."""
        office = cls(folder, open_store(folder / STORE_NAME, key))
        office.schemes.bring_proposals()
        return office

    def change_password(self, old: str, new: str) -> None:
        """Set a new password; the old one must be right."""
        key_file = read_key_file(self.folder / KEY_FILE_NAME)
        key = unlock(key_file, old)
        write_key_file(self.folder / KEY_FILE_NAME, set_password(key_file, key, new))

    def new_recovery_code(self, password: str) -> str:
        """Make a new recovery code to print; the one before opens nothing any more."""
        key_file = read_key_file(self.folder / KEY_FILE_NAME)
        changed, code = change_recovery_code(key_file, unlock(key_file, password))
        write_key_file(self.folder / KEY_FILE_NAME, changed)
        return code

    def fill_with_sample(self, today: date) -> None:
        """Fill a new office with people who do not exist, of an age to serve ``today``."""
        from desktop.models.services.sample import sample_party_forms, sample_people
        from desktop.models.services.sample_checklists import sample_checklists
        from desktop.models.services.sample_four_ones import sample_four_ones
        from desktop.models.services.sample_moves import sample_moves
        from desktop.models.services.sample_new_sector import sample_new_sector
        from desktop.models.services.sample_photos import sample_photos
        from desktop.models.services.sample_rally import sample_rally
        from desktop.models.services.sample_registers import sample_registers

        divisions = self.divisions.under(self.unit.code)
        people, terms = sample_people(divisions, today)
        more = sample_registers(divisions, people, terms, today)
        moves = sample_moves(divisions, terms, today)
        terms = [*(moves.changed.get(term.id, term) for term in terms), *moves.terms]
        new_sector = sample_new_sector(divisions, today)
        checklists = sample_checklists(new_sector.branches, today)
        forms = sample_party_forms(divisions)
        bodies = [replace(each, party_form=forms.get(each.code, each.party_form)) for each in divisions]
        four_ones = sample_four_ones(bodies, people, terms, today)
        photos = [
            record
            for owner, owner_id, files in sample_photos(
                checklists.items, four_ones.activities, city=self.level == "city"
            )
            for record in self.attachments.write(owner, owner_id, files)
        ]
        records = Records(self._store)
        with self._store.change("演示数据（虚构）") as seq:
            for inserted in (
                (*people, *more.people, *moves.people),
                terms,
                *more.records,
                *new_sector.records,
                *checklists.records,
                *four_ones.records,
                photos,
                *sample_rally(self.rallies.townships() if self.level == "city" else (), today),
            ):
                records.insert_many(inserted)
            changes: dict[str, dict[str, object]] = {
                code: {"approved_posts": count} for code, count in more.approved_posts.items()
            }
            for code, form in forms.items():
                changes[code]["party_form"] = str(form)
            records.update_many(Division, changes)
        self.settings.set("sample", True)
        self.settings.set(FLOOR, seq)

    def worker(self) -> Office:
        """The same office on a connection of its own, for one job in another thread; end it with ``release``."""
        return Office(self.folder, self._store.reopen())

    def release(self) -> None:
        """Close a worker's connection, or this office without a backup."""
        self._store.close()

    def close(self, *, backup: bool = True) -> services.backup.BackupResult | None:
        """Close the office after a backup, where something changed since the last one."""
        result = None
        try:
            if backup:
                result = self.backups.backup_if_changed("关闭时")
        finally:
            self._store.close()
        return result


def unit_choices() -> tuple[Division, ...]:
    """The city and its townships, to choose from before there is a store."""
    return tuple(d for d in preloaded() if d.kind in (DivisionKind.CITY, DivisionKind.TOWNSHIP))


def password_problem(password: str) -> str | None:
    """Why a new password will not do, in words; None when it will."""
    try:
        check_password(password)
    except WeakPasswordError as error:
        return str(error)
    return None


def _fill(
    store: Store, divisions: Sequence[Division], *, unit: str, level: str, backup_folder: Path | None
) -> None:
    """What a new office has; none of it is ever taken back."""
    settings = SettingsService(store)
    settings.set("unit", unit)
    settings.set("level", level)
    settings.backup_folder = backup_folder
    with store.change("建立数据") as seq:
        Records(store).insert_many(divisions)
    settings.set(FLOOR, seq)


def _is_occupied(folder: Path) -> bool:
    """Whether there is anything but the start of an office that was cut short before it had any record."""
    if not folder.is_dir():
        return folder.exists()
    return any(
        entry.name not in _NOT_RECORDS and not (entry.name in _FOLDERS and not any(entry.iterdir()))
        for entry in folder.iterdir()
    )


def _require(folder: Path) -> None:
    if not Office.exists(folder):
        raise NoOfficeError(folder)
