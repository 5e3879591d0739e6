"""The hand-off of an office (报送): its keys and trust, what it sends or takes in, receipts, what comes down."""

from __future__ import annotations

from pathlib import Path

from desktop.models.database.store import Store
from desktop.models.handoff.verifying import Verdict
from desktop.models.services.backup import BackupService
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.handoff_city import CityHandoff
from desktop.models.services.handoff_down import HandoffDown
from desktop.models.services.handoff_keys import HandoffKeys
from desktop.models.services.handoff_places import Places
from desktop.models.services.handoff_receipts import HandoffReceipts
from desktop.models.services.handoff_remarks import HandoffRemarks
from desktop.models.services.handoff_sending import HandoffSending
from desktop.models.services.handoff_trust import HandoffTrust
from desktop.models.services.health import HealthService
from desktop.models.services.history import HistoryService
from desktop.models.services.schemes import SchemesService
from desktop.models.services.settings import SettingsService


class Handoff:
    """Both sides of it: a township's office uses ``sending``, a city's ``city``; the rest is used by both."""

    def __init__(
        self,
        store: Store,
        folder: Path,
        divisions: DivisionsService,
        settings: SettingsService,
        schemes: SchemesService,
        health: HealthService,
        history: HistoryService,
        backups: BackupService,
    ) -> None:
        self.places = Places(folder)
        self.keys = HandoffKeys(divisions, settings)
        self.trust = HandoffTrust(self.keys, self.places)
        self.remarks = HandoffRemarks(store, self.keys, history)
        self.sending = HandoffSending(
            store, folder, settings, self.keys, self.places, health, history, self.remarks
        )
        self.receipts = HandoffReceipts(store, self.keys, self.sending, self.remarks)
        self.down = HandoffDown(store, divisions, schemes, settings, self.keys, self.places)
        self.city = CityHandoff(store, folder, divisions, settings, backups, lambda: self.keys.trust)

    def verify(self, path: Path) -> Verdict:
        """What a file of any kind is to this office, and whether to take it.

        Raises:
            UnreadableFileError: the disk does not give it.
        """
        return self.city.verify(path) if self.keys.is_city else self.trust.verify(path)

    def begin_anew(self) -> None:
        """Number packages and what goes down in a new row: the way out when numbers were given twice (fork)."""
        self.places.forget()
