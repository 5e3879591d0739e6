"""A PDF file as objects, each written as soon as it is known: what was written takes no memory."""

from __future__ import annotations

import zlib
from hashlib import sha256
from typing import BinaryIO

_COMPRESSION = 6
_HEADER = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"  # the second line says that there are bytes beside text


class PdfFile:
    """Numbered objects and, at the end, the table of where each stands (ISO 32000-1, 7.5).

    An object is named by its reference, ``12 0 R``. The same objects in the same order give the same bytes.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._places: list[int] = []  # of the objects from 1 on; 0 until it is written
        self._length = 0
        self._sum = sha256()
        self._put(_HEADER)

    def reserve(self) -> str:
        """Return the reference of an object that is written later."""
        self._places.append(0)
        return f"{len(self._places)} 0 R"

    def add(self, body: str, reference: str = "") -> str:
        """Write an object, one that was reserved or a new one; return its reference."""
        return self._add(body.encode("ascii"), reference)

    def add_stream(self, content: bytes, keys: str = "", *, packed: bool = False) -> str:
        """Write a stream with the ``keys`` of its dictionary; ``packed``: they say themselves how it is."""
        if not packed:
            content, keys = zlib.compress(content, _COMPRESSION), f"/Filter /FlateDecode {keys}"
        head = f"<< /Length {len(content)} {keys} >>\nstream\n".encode("ascii")
        return self._add(b"".join((head, content, b"\nendstream")), "")

    def close(self, root: str, about: str) -> None:
        """Write the table and where to begin: the catalog, and the information on the file."""
        start = self._length
        assert all(self._places), "an object was reserved and never written"
        lines = [f"{place:010d} 00000 n \n" for place in self._places]
        identity = self._sum.hexdigest()[:32]
        self._put(f"xref\n0 {len(lines) + 1}\n0000000000 65535 f \n{''.join(lines)}".encode("ascii"))
        self._put(
            f"trailer\n<< /Size {len(lines) + 1} /Root {root} /Info {about} /ID [<{identity}> <{identity}>] >>\n"
            f"startxref\n{start}\n%%EOF\n".encode("ascii")
        )

    def _add(self, body: bytes, reference: str) -> str:
        reference = reference or self.reserve()
        number = int(reference.split()[0])
        self._places[number - 1] = self._length
        self._put(b"".join((f"{number} 0 obj\n".encode("ascii"), body, b"\nendobj\n")))
        return reference

    def _put(self, content: bytes) -> None:
        self._file.write(content)
        self._sum.update(content)
        self._length += len(content)


def text_string(text: str) -> str:
    """Text as people read it (titles, bookmarks), whatever its characters."""
    return f"<FEFF{text.encode('utf-16-be', 'surrogatepass').hex().upper()}>"
