"""Sending a document's pages to a printer, one at a time, so that the window stays awake."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QRect, QTimer, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

_POINTS_AN_INCH = 72
_LONG_SIDE_OF_A4 = 297  # millimeters
_FINEST = 300  # dots an inch; an A3 page at 600 would take 200 MB


def printer_for(size_mm: tuple[float, float], name: str) -> QPrinter:
    """A printer set to the paper of a document (A3 or A4), without margins of its own; ``name`` is the job's."""
    width, height = size_mm
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    is_a3 = max(size_mm) > _LONG_SIDE_OF_A4
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A3 if is_a3 else QPageSize.PageSizeId.A4))
    across = width > height
    printer.setPageOrientation(
        QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    )
    printer.setFullPage(True)
    printer.setDocName(name)
    return printer


def pages_to_print(printer: QPrinter, pages: int) -> Sequence[int]:
    """The pages, from 0, that the print dialog asked for; copies one by one where the printer makes none itself."""
    asked = range(pages)
    if printer.printRange() == QPrinter.PrintRange.PageRange:
        asked = range(max(printer.fromPage(), 1) - 1, min(printer.toPage() or pages, pages))
    return [*asked] * (1 if printer.supportsMultipleCopies() else printer.copyCount())


class PrintRun(QObject):
    """One printing: draws a page each time the event loop is free."""

    progressed = Signal(int, int)  # pages done, pages in all
    finished = Signal(bool)  # False: cancelled or the printer refused

    def __init__(
        self, printer: QPrinter, pages: Sequence[int], render: Callable[[int, float], QImage], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._printer = printer
        self._pages = list(pages)
        self._done = 0
        self._render = render
        self._painter = QPainter()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._print_next)

    def start(self) -> None:
        """Begin; ``finished`` follows in any case."""
        if self._pages and self._painter.begin(self._printer):
            self._timer.start()
        else:
            self.finished.emit(False)

    def cancel(self) -> None:
        """Stop before the next page; what the printer has already taken is withdrawn where it can be."""
        self._timer.stop()
        self._printer.abort()
        self._painter.end()
        self.finished.emit(False)

    def _print_next(self) -> None:
        if self._done:
            self._printer.newPage()
        dots = min(self._printer.resolution(), _FINEST)
        image = self._render(self._pages[self._done], dots / _POINTS_AN_INCH)
        paper = self._printer.pageLayout().fullRectPixels(self._printer.resolution())
        self._painter.drawImage(QRect(0, 0, paper.width(), paper.height()), image)
        self._done += 1
        self.progressed.emit(self._done, len(self._pages))
        if self._done == len(self._pages):
            self._timer.stop()
            self._painter.end()
            self.finished.emit(True)
