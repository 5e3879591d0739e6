"""Photos of records as they are put on paper (证据照片): small enough to print well, never in the way of the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO

from desktop.models.errors import DesktopError
from desktop.models.ledgers.sheet import Picture
from desktop.models.registers.person_file import PHOTO, Attachment
from desktop.models.services.attachments import AttachmentsService
from desktop.models.services.photos import shrink

_LONGEST = (
    800  # pixels: 230 an inch where two stand beside one another; a JPEG of 1600 is read at half its size
)
_MOST = 1_200  # photos in a PDF that is held in memory: some hundred megabytes


class TooManyPhotosError(DesktopError):
    """More photos were asked for at once than a PDF that is held in memory should have."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"这些表单共有 {number} 张照片，预览和单独保存放不下（最多 {_MOST} 张）。"
            "请选一个乡镇、村，或只选几份；要放在一个文件里，请勾选后生成备检包。"
        )


def refuse_more_photos_than_fit(number: int) -> None:
    """Say before the work is done that the PDF would not fit into memory.

    Raises:
        TooManyPhotosError: with what to do.
    """
    if number > _MOST:
        raise TooManyPhotosError(number)


@dataclass(slots=True)
class Printed:
    """Photos ready for paper, and the names of those whose files could not be read."""

    pictures: list[Picture] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)


class PaperPhotos:
    """Makes the photos of records ready for sheets."""

    def __init__(self, attachments: AttachmentsService) -> None:
        self._attachments = attachments

    def of(self, owner: str, owner_id: str, caption: Callable[[Attachment], str], into: Printed) -> None:
        """Add the photos of one record, in their order, each with its words."""
        for photo in self._attachments.of(owner, owner_id, PHOTO):
            try:
                into.pictures.append(_picture(self._attachments.content(photo.id), caption(photo)))
            except DesktopError:  # what is wrong with it is said by the check of attachments
                into.unreadable.append(photo.name)


def _picture(content: bytes, caption: str) -> Picture:
    from PIL import Image  # only who prints photos waits for it

    small = shrink(content, _LONGEST)
    with Image.open(BytesIO(small)) as image:
        return Picture(small, *image.size, caption)
