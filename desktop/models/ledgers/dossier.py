"""Draw a dossier (备检包): ledgers and sheets behind a cover and contents in one PDF, written while they come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from desktop.models.collector import collector_paused
from desktop.models.errors import DesktopError
from desktop.models.ledgers.document import Bookmark, Document, Size
from desktop.models.ledgers.dossier_front import Cover, Entry, contents_sheet, cover_part
from desktop.models.ledgers.frame import numbered
from desktop.models.ledgers.ledger import Ledger
from desktop.models.ledgers.missing import Missing, missing_in
from desktop.models.ledgers.page import UPRIGHT, DrawnPage, foot_code, pages_of, part_code, parts_of
from desktop.models.ledgers.raster import reads_back
from desktop.models.ledgers.sheet import Sheet, Sheets
from desktop.models.ledgers.sheet_layout import sheet_pages

OnPart = Callable[[int, int], None]  # parts of a ledger drawn (its sheets), and how many there are


class UnsoundDossierError(DesktopError):
    """What was written is not what is read back."""

    def __init__(self) -> None:
        super().__init__("写好后读回核对不上，没有生成备检包。请换一个磁盘或U盘再试。")


@dataclass(frozen=True, slots=True)
class _Foot:
    """What is known of a page's foot before the pages are counted."""

    page: int
    size: Size
    marking: str
    title: str


class Dossier:
    """One file of several ledgers: ``begin`` a unit where there are several, ``add`` what is of it, then ``close``.

    Pages are numbered through the whole, the cover being the first, so that 目录, bookmarks and the reader's own
    numbers agree. Nothing of a page is kept but its foot.
    """

    def __init__(self, file: BinaryIO, cover: Cover) -> None:
        self._file = file
        self._cover = cover
        self._document = Document(file, f"{cover.place}{cover.title}")
        self._entries: list[Entry] = []
        self._feet: list[_Foot] = []

    def begin(self, unit: str) -> None:
        """Let what follows be of a unit."""
        self._entries.append(Entry(0, unit, len(self._feet)))

    def add_empty(self, title: str) -> None:
        """Name a ledger in the contents that has nothing on it."""
        self._entries.append(Entry(1, title, None))

    def add(self, title: str, work: Ledger | Sheets, on_part: OnPart) -> tuple[Missing, ...]:
        """Draw a ledger behind the others.

        Returns:
            The characters that no font has.

        Raises:
            TooTallError: something does not fit on one page.
        """
        place, first = len(self._entries), len(self._feet)
        missing: list[Missing] = []
        parts = parts_of(work)
        with collector_paused():
            for done, part in enumerate(parts):
                on_part(done, len(parts))
                missing += missing_in(part)
                start = len(self._feet)
                for page in pages_of(part, self._document):
                    self._add(page, part.marking, title)
                if isinstance(part, Sheet):
                    self._entries.append(Entry(2, part.subject, start, len(self._feet) - start))
        self._entries.insert(place, Entry(1, title, first, len(self._feet) - first))
        return tuple(missing)

    def close(self) -> int:
        """Put cover and contents before the ledgers, number all pages, write the rest; return how many pages there are.

        Raises:
            UnsoundDossierError: what was written does not read back.
        """
        document, marking = self._document, self._cover.marking
        entries = [_of_unit(entry, self._entries[place + 1 :]) for place, entry in enumerate(self._entries)]
        before = 1 + len(sheet_pages(contents_sheet(entries, 0, marking)))
        count = before + len(self._feet)
        for foot in self._feet:
            words = (foot.marking, numbered(before + foot.page + 1, count), foot.title)
            document.add_to_page(foot.page, foot_code(foot.size, words, document))
        document.add_page("\n".join(part_code(cover_part(self._cover), UPRIGHT[1], document)), UPRIGHT)
        for page in pages_of(contents_sheet(entries, before, marking), document):
            words = (marking, numbered(page.number + 1, count), "")
            document.add_page(f"{page.code}\n{foot_code(page.size, words, document)}", page.size)
        document.bring_forward(len(self._feet))
        marks = (
            Bookmark("封面", 0),
            Bookmark("目录", 1),
            *_bookmarks([entry for entry in entries if entry.first is not None], before),
        )
        document.close(marks)
        self._file.flush()
        if not reads_back(self._file, count):
            raise UnsoundDossierError
        return count

    def _add(self, page: DrawnPage, marking: str, title: str) -> None:
        number = self._document.add_page(page.code, page.size)
        self._feet.append(_Foot(number, page.size, marking, title))


def _of_unit(entry: Entry, behind: Sequence[Entry]) -> Entry:
    """A unit's entry with the pages of all that is of it; of a unit without records it says that there is nothing."""
    if entry.level:
        return entry
    end = next((place for place, each in enumerate(behind) if not each.level), len(behind))
    pages = sum(each.pages for each in behind[:end] if each.level == 1)
    return replace(entry, pages=pages, first=entry.first if pages else None)


def _bookmarks(entries: Sequence[Entry], before: int) -> tuple[Bookmark, ...]:
    """The entries as a tree: below each those of a deeper level that follow it."""
    marks = []
    while entries:
        entry, *rest = entries
        end = next((place for place, each in enumerate(rest) if each.level <= entry.level), len(rest))
        assert entry.first is not None  # what has no page has no bookmark
        marks.append(Bookmark(entry.title, before + entry.first, _bookmarks(rest[:end], before)))
        entries = rest[end:]
    return tuple(marks)
