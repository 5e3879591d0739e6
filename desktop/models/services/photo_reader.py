"""Pictures from outside are made ready in a process of its own: what a hostile one breaks is only that."""

from __future__ import annotations

from desktop.models.confined.process import ConfinedProcess
from desktop.models.confined.serving import place_of
from desktop.models.services.photos import Box, Picture, PictureError, prepare

_MEMORY = 1536 << 20  # bytes: 120 million pixels of four bytes each, three times over
_SECONDS = 60.0  # for one picture


class PhotoReader(ConfinedProcess[[bytes, str, bool, Box | None, int], Picture | PictureError]):
    """Makes pictures ready one after another (``photos.prepare``); close it after the last."""

    def __init__(self, *, memory_bytes: int = _MEMORY, seconds: float = _SECONDS) -> None:
        super().__init__(answer, memory_bytes=memory_bytes, seconds=seconds)

    def prepare(
        self,
        content: bytes,
        name: str,
        *,
        portrait: bool = False,
        box: Box | None = None,
        quarter_turns: int = 0,
    ) -> Picture:
        """See ``photos.prepare``.

        Raises:
            PictureError: as there, and where it takes too long or ends the process.
        """
        try:
            picture = self.ask(content, name, portrait, box, quarter_turns)
        except TimeoutError as error:
            words = f"{self._seconds:.0f} 秒还没有打开，没有添加。请先把它缩小再添加，或换一张。"
            raise PictureError(f"“{name}”{words}") from error
        except (EOFError, OSError) as error:
            words = "打开时意外中断，文件可能已损坏，或者大得不正常，没有添加。请换一张。"
            raise PictureError(f"“{name}”{words}") from error
        if isinstance(picture, PictureError):
            raise picture
        return picture


def answer(
    content: bytes, name: str, portrait: bool, box: Box | None, quarter_turns: int
) -> Picture | PictureError:
    """What the process does with one picture."""
    try:
        return prepare(content, name, portrait=portrait, box=box, quarter_turns=quarter_turns)
    except PictureError as refusal:
        return refusal
    except Exception as error:  # decoders raise anything at a damaged file
        damaged = PictureError(f"“{name}”已损坏或不完整，请重新拷贝，或换一张。")
        damaged.add_note(place_of(error))
        return damaged
