"""A PDF file in which each face is one Type0 font: every character of every plane, and a text layer that gives it back."""

from __future__ import annotations

import zlib
from hashlib import sha256
from typing import Any, BinaryIO

from reportlab.pdfbase import pdfdoc

from desktop.models.ledgers.fonts import Face, Typeface
from desktop.models.ledgers.sheet import Picture

_NAME = pdfdoc.PDFName
_COMPRESSION = 6
_FRAMES = frozenset((0xC0, 0xC1, 0xC2))  # baseline, extended and progressive frames


class Document:
    """Pages and forms as page code; fonts hold just the characters met. The same code gives the same bytes."""

    def __init__(self, title: str, size: tuple[float, float]) -> None:
        self._pdf: Any = pdfdoc.PDFDocument(compression=1, invariant=1, lang="zh-CN")
        self._pdf.setTitle(title)
        self._pdf.setCreator("头雁台账")
        self._pdf.setAuthor("")
        self._pdf.setSubject("")
        self._size = size
        self._fonts: dict[Face, EmbeddedFont] = {}
        self._forms: Any = pdfdoc.PDFDictionary()
        fonts = self._pdf.idToObject["BasicFonts"]
        resources = {"Font": self._pdf.Reference(fonts), "XObject": self._forms}
        self._resources = self._pdf.Reference(pdfdoc.PDFDictionary(resources), "Resources")

    def select(self, typeface: Typeface, size: float) -> str:
        """Return the page code that selects the typeface's first face, as ``show`` expects it."""
        return f"/{self._font(typeface.first).name} {size:g} Tf"

    def show(self, text: str, typeface: Typeface, size: float) -> str:
        """Return the page code that shows ``text`` where the text cursor stands; the first face stays selected."""
        code = []
        for face, run in typeface.runs(text):
            font = self._font(face)
            shown = f"<{font.encode(run)}> Tj"
            if face is not typeface.first:
                shown = f"/{font.name} {size:g} Tf {shown} {self.select(typeface, size)}"
            code.append(shown)
        return " ".join(code)

    def add_form(self, name: str, code: str) -> None:
        """Keep ``code`` under ``name`` to be drawn on many pages with ``/name Do``."""
        box = pdfdoc.PDFArray([0, -self._size[1], *self._size])
        keys = {"Type": _NAME("XObject"), "Subtype": _NAME("Form"), "BBox": box, "Resources": self._resources}
        self._forms.dict[name] = self._pdf.Reference(_stream(code.encode("ascii"), **keys), name)

    def picture(self, picture: Picture) -> str:
        """Return the name under which a JPEG is drawn into the unit square with ``/name Do``; each is kept once."""
        name = f"P{sha256(picture.jpeg).hexdigest()[:16]}"
        if name not in self._forms.dict:
            gray = _is_gray(picture.jpeg)
            keys = {
                "Type": _NAME("XObject"),
                "Subtype": _NAME("Image"),
                "Width": picture.width,
                "Height": picture.height,
                "ColorSpace": _NAME("DeviceGray" if gray else "DeviceRGB"),
                "BitsPerComponent": 8,
                "Filter": _NAME("DCTDecode"),
            }
            stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary(keys), picture.jpeg)
            self._forms.dict[name] = self._pdf.Reference(stream, name)
        return name

    def add_page(self, code: str) -> None:
        """Add a page."""
        page = pdfdoc.PDFPage()
        page.MediaBox = pdfdoc.PDFArray([0, 0, *self._size])
        page.Resources = self._resources
        page.Contents = _stream(code.encode("ascii"))
        self._pdf.addPage(page)

    def write(self, file: BinaryIO) -> None:
        """Write the whole file; the document can be written once."""
        for font in self._fonts.values():
            font.add_to(self._pdf)
        self._pdf.SaveToFile(file, None)

    def _font(self, face: Face) -> EmbeddedFont:
        if face not in self._fonts:
            self._fonts[face] = EmbeddedFont(face, f"F{len(self._fonts)}")
        return self._fonts[face]


class EmbeddedFont(dict[str, str]):
    """The characters a document shows from one face, each with its code in four hexadecimal digits.

    Codes are given in the order in which characters are met, from 1.
    """

    def __init__(self, face: Face, name: str) -> None:
        self._face = face
        self.name = name

    def __missing__(self, char: str) -> str:
        code = self[char] = f"{len(self) + 1:04X}"
        return code

    def encode(self, text: str) -> str:
        """Return the codes of ``text``."""
        return "".join(map(self.__getitem__, text))

    def add_to(self, pdf: Any) -> None:
        """Write the font's objects."""
        program = self._face.ttf.makeSubset([ord(self._face.shape_of(char)) for char in self])
        # makeSubset numbers glyphs in the order in which it first meets them, behind .notdef.
        order = {
            glyph: number for number, glyph in enumerate(dict.fromkeys(map(self._face.glyph, self)), start=1)
        }
        glyphs = [0, *(order[self._face.glyph(char)] for char in self)]
        descendant = {
            "Type": _NAME("Font"),
            "Subtype": _NAME("CIDFontType2"),
            "BaseFont": self._base_font,
            "CIDSystemInfo": pdfdoc.PDFDictionary(
                {
                    "Registry": pdfdoc.PDFString("Adobe"),
                    "Ordering": pdfdoc.PDFString("Identity"),
                    "Supplement": 0,
                }
            ),
            "FontDescriptor": pdf.Reference(
                self._descriptor(pdf.Reference(_stream(program, Length1=len(program))))
            ),
            "DW": 1000,
            "W": self._widths(),
            "CIDToGIDMap": pdf.Reference(_stream(b"".join(glyph.to_bytes(2, "big") for glyph in glyphs))),
        }
        font = {
            "Type": _NAME("Font"),
            "Subtype": _NAME("Type0"),
            "BaseFont": self._base_font,
            "Encoding": _NAME("Identity-H"),
            "DescendantFonts": pdfdoc.PDFArray([pdf.Reference(pdfdoc.PDFDictionary(descendant))]),
            "ToUnicode": pdf.Reference(_stream(self._to_unicode().encode("ascii"))),
        }
        pdf.idToObject["BasicFonts"].dict[self.name] = pdf.Reference(pdfdoc.PDFDictionary(font))

    @property
    def _base_font(self) -> Any:
        return _NAME(f"AAAAAA+{self._face.name}")

    def _descriptor(self, program: Any) -> Any:
        ttf = self._face.ttf
        return pdfdoc.PDFDictionary(
            {
                "Type": _NAME("FontDescriptor"),
                "FontName": self._base_font,
                "Flags": 4,  # symbolic: not only Latin
                "FontBBox": pdfdoc.PDFArray(ttf.bbox),
                "Ascent": ttf.ascent,
                "Descent": ttf.descent,
                "CapHeight": ttf.capHeight,
                "ItalicAngle": 0,
                "StemV": ttf.stemV,
                "FontFile2": program,
            }
        )

    def _widths(self) -> Any:
        widths: list[Any] = []
        for code, char in enumerate(self, start=1):
            if (advance := self._face.advance(char)) != 1000:  # most are the default width
                widths += [code, pdfdoc.PDFArray([advance])]
        return pdfdoc.PDFArray(widths)

    def _to_unicode(self) -> str:
        """Return the map that gives text back when it is copied, searched or extracted: UTF-16, at most 100 a block."""
        lines = [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
        ]
        entries = [
            f"<{code}> <{char.encode('utf-16-be', 'surrogatepass').hex()}>" for char, code in self.items()
        ]
        for start in range(0, len(entries), 100):
            block = entries[start : start + 100]
            lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
        lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
        return "\n".join(lines)


def _stream(content: bytes, **keys: Any) -> Any:
    packed = zlib.compress(content, _COMPRESSION)
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary({"Filter": _NAME("FlateDecode"), **keys}), packed)


def _is_gray(jpeg: bytes) -> bool:
    """Whether a JPEG has one component: its frame header says so (ITU-T T.81, B.2.2)."""
    place = 2
    while jpeg[place] == 0xFF:
        marker, length = jpeg[place + 1], int.from_bytes(jpeg[place + 2 : place + 4], "big")
        if marker in _FRAMES:
            return jpeg[place + 9] == 1
        place += 2 + length
    raise ValueError("no frame header in the JPEG")
