"""Attachments being looked at by other programs: copies that are removed when the window closes."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QUrl
from PySide6.QtGui import QDesktopServices

from desktop.paths import temporary_folder

if TYPE_CHECKING:
    from desktop.models.registers.person_file import Attachment
    from desktop.office import Office

_PREFIX = "opened-"


class OpenedFiles(QObject):
    """Each copy lies in a folder of its own, so that it keeps its name."""

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self.forget()  # what a session that broke off left
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.forget)
        parent.destroyed.connect(self.forget)

    def open(self, attachment: Attachment) -> Path:
        """Show a file in the program that is usual for it."""
        folder = Path(mkdtemp(prefix=_PREFIX, dir=temporary_folder(self._office.folder)))
        path = folder / Path(attachment.name).name
        self._office.attachments.save(attachment.id, path)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        return path

    def forget(self) -> None:
        """Remove the copies; one that is open still is removed next time."""
        for folder in temporary_folder(self._office.folder).glob(f"{_PREFIX}*"):
            shutil.rmtree(folder, ignore_errors=True)
