"""A PDF file in which each face is one Type0 font: every character of every plane, and a text layer that gives it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

from desktop.models.ledgers.fonts import Face, Typeface
from desktop.models.ledgers.pdf_file import PdfFile, text_string
from desktop.models.ledgers.sheet import Picture

_FRAMES = frozenset((0xC0, 0xC1, 0xC2))  # baseline, extended and progressive frames

Size = tuple[float, float]  # width and height in points


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A line of the outline that readers show beside the pages: its page from 0, what stands below it."""

    title: str
    page: int
    below: tuple[Bookmark, ...] = ()


@dataclass(slots=True)
class _Page:
    size: Size
    contents: list[str]
    drawn: tuple[str, ...]  # names of the forms and pictures on it


class Document:
    """Pages of any size, forms and pictures, written while they come; fonts hold just the characters met.

    The same code gives the same bytes.
    """

    def __init__(self, file: BinaryIO, title: str) -> None:
        self._pdf = PdfFile(file)
        self._title = title
        self._fonts: dict[Face, EmbeddedFont] = {}
        self._font_list, self._tree = self._pdf.reserve(), self._pdf.reserve()
        self._kept: dict[str, str] = {}  # forms and pictures by name
        self._met: dict[str, None] = {}  # those drawn since a page was added
        self._pages: list[_Page] = []

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

    def form(self, code: str, size: Size) -> str:
        """Keep page code that is drawn on many pages; return its name for ``draw``."""
        name = f"X{len(self._kept)}"
        box = f"[0 {-size[1]:.2f} {size[0]:.2f} {size[1]:.2f}]"
        keys = f"/Type /XObject /Subtype /Form /BBox {box} /Resources << /Font {self._font_list} >>"
        self._kept[name] = self._pdf.add_stream(code.encode("ascii"), keys)
        return name

    def picture(self, picture: Picture) -> str:
        """Return the name under which ``draw`` puts a JPEG into the unit square; each is kept once."""
        name = f"P{sha256(picture.jpeg).hexdigest()[:16]}"
        if name not in self._kept:
            color = "DeviceGray" if _is_gray(picture.jpeg) else "DeviceRGB"
            keys = (
                f"/Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height}"
                f" /ColorSpace /{color} /BitsPerComponent 8 /Filter /DCTDecode"
            )
            self._kept[name] = self._pdf.add_stream(picture.jpeg, keys, packed=True)
        return name

    def draw(self, name: str) -> str:
        """Return the page code that draws a form or picture on the page that is added next."""
        self._met[name] = None
        return f"/{name} Do"

    def add_page(self, code: str, size: Size) -> int:
        """Add a page; return its number, from 0, for ``add_to_page``."""
        content = self._pdf.add_stream(code.encode("ascii"))
        self._pages.append(_Page(size, [content], tuple(self._met)))
        self._met.clear()
        return len(self._pages) - 1

    def add_to_page(self, number: int, code: str) -> None:
        """Draw more text on a page that was added: what was not known yet."""
        self._pages[number].contents.append(self._pdf.add_stream(code.encode("ascii")))

    def bring_forward(self, first: int) -> None:
        """Let the pages from number ``first`` on stand before all others."""
        self._pages = self._pages[first:] + self._pages[:first]

    def close(self, bookmarks: Sequence[Bookmark] = ()) -> None:
        """Write what is known only now: fonts, the pages in their order, the outline."""
        pages = [self._pdf.reserve() for _ in self._pages]
        for page, reference in zip(self._pages, pages, strict=True):
            self._pdf.add(self._page(page), reference)
        fonts = " ".join(f"/{font.name} {font.add_to(self._pdf)}" for font in self._fonts.values())
        self._pdf.add(f"<< {fonts} >>", self._font_list)
        self._pdf.add(f"<< /Type /Pages /Kids [{' '.join(pages)}] /Count {len(pages)} >>", self._tree)
        outline = f" /Outlines {self._outline(bookmarks, pages)} /PageMode /UseOutlines" if bookmarks else ""
        root = self._pdf.add(f"<< /Type /Catalog /Pages {self._tree} /Lang (zh-CN){outline} >>")
        about = f"<< /Title {text_string(self._title)} /Creator {text_string('头雁台账')} >>"
        self._pdf.close(root, self._pdf.add(about))

    def _page(self, page: _Page) -> str:
        drawn = " ".join(f"/{name} {self._kept[name]}" for name in page.drawn)
        resources = f"<< /Font {self._font_list} /XObject << {drawn} >> >>"
        box = f"[0 0 {page.size[0]:.2f} {page.size[1]:.2f}]"
        contents = " ".join(page.contents)
        return f"<< /Type /Page /Parent {self._tree} /MediaBox {box} /Resources {resources} /Contents [{contents}] >>"

    def _outline(self, bookmarks: Sequence[Bookmark], pages: Sequence[str]) -> str:
        root = self._pdf.reserve()
        first, last = self._lines(bookmarks, root, pages)
        return self._pdf.add(
            f"<< /Type /Outlines /First {first} /Last {last} /Count {len(bookmarks)} >>", root
        )

    def _lines(self, bookmarks: Sequence[Bookmark], parent: str, pages: Sequence[str]) -> tuple[str, str]:
        """Write neighboring lines, each with those below it closed; return the first and the last."""
        lines = [self._pdf.reserve() for _ in bookmarks]
        for place, (mark, line) in enumerate(zip(bookmarks, lines, strict=True)):
            keys = [
                f"/Title {text_string(mark.title)}",
                f"/Parent {parent}",
                f"/Dest [{pages[mark.page]} /Fit]",
            ]
            if place:
                keys.append(f"/Prev {lines[place - 1]}")
            if place + 1 < len(lines):
                keys.append(f"/Next {lines[place + 1]}")
            if mark.below:
                first, last = self._lines(mark.below, line, pages)
                keys.append(f"/First {first} /Last {last} /Count -{len(mark.below)}")
            self._pdf.add(f"<< {' '.join(keys)} >>", line)
        return lines[0], lines[-1]

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

    def add_to(self, pdf: PdfFile) -> str:
        """Write the font's objects; return its reference."""
        program = self._face.ttf.makeSubset([ord(self._face.shape_of(char)) for char in self])
        # makeSubset numbers glyphs in the order in which it first meets them, behind .notdef.
        order = {
            glyph: number for number, glyph in enumerate(dict.fromkeys(map(self._face.glyph, self)), start=1)
        }
        glyphs = [0, *(order[self._face.glyph(char)] for char in self)]
        to_glyphs = pdf.add_stream(b"".join(glyph.to_bytes(2, "big") for glyph in glyphs))
        descriptor = pdf.add(self._descriptor(pdf.add_stream(program, f"/Length1 {len(program)}")))
        name = f"/BaseFont /AAAAAA+{self._face.name}"
        descendant = pdf.add(
            f"<< /Type /Font /Subtype /CIDFontType2 {name} /FontDescriptor {descriptor} /DW 1000"
            " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            f" /W [{self._widths()}] /CIDToGIDMap {to_glyphs} >>"
        )
        to_unicode = pdf.add_stream(self._to_unicode().encode("ascii"))
        return pdf.add(
            f"<< /Type /Font /Subtype /Type0 {name} /Encoding /Identity-H"
            f" /DescendantFonts [{descendant}] /ToUnicode {to_unicode} >>"
        )

    def _descriptor(self, program: str) -> str:
        ttf = self._face.ttf
        return (  # 4: symbolic, not only Latin
            f"<< /Type /FontDescriptor /FontName /AAAAAA+{self._face.name} /Flags 4"
            f" /FontBBox [{' '.join(f'{side:g}' for side in ttf.bbox)}] /ItalicAngle 0 /StemV {ttf.stemV:g}"
            f" /Ascent {ttf.ascent:g} /Descent {ttf.descent:g} /CapHeight {ttf.capHeight:g}"
            f" /FontFile2 {program} >>"
        )

    def _widths(self) -> str:
        advances = ((code, self._face.advance(char)) for code, char in enumerate(self, start=1))
        return " ".join(f"{code} [{advance}]" for code, advance in advances if advance != 1000)  # /DW is 1000

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


def _is_gray(jpeg: bytes) -> bool:
    """Whether a JPEG has one component: its frame header says so (ITU-T T.81, B.2.2)."""
    place = 2
    while jpeg[place] == 0xFF:
        marker, length = jpeg[place + 1], int.from_bytes(jpeg[place + 2 : place + 4], "big")
        if marker in _FRAMES:
            return jpeg[place + 9] == 1
        place += 2 + length
    raise ValueError("no frame header in the JPEG")
