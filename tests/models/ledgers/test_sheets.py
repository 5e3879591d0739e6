"""Sheets on paper: forms with photos, texts that go on over the page, headings that are repeated."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import pairwise

import pypdfium2 as pdfium
import pytest
from PIL import Image

from desktop.models.ledgers.frame import TooTallError
from desktop.models.ledgers.ledger import Align
from desktop.models.ledgers.missing import missing_in
from desktop.models.ledgers.page import draw
from desktop.models.ledgers.sheet import (
    Cell,
    Line,
    Picture,
    Sheet,
    Sheets,
    labelled,
    photos,
    to_sign,
    written,
)
from desktop.models.ledgers.sheet_layout import sheet_pages

NUMBERED = r"第 1 页\s+共 1 页"
LONG = "会上逐项核对了阵地、制度和台账，现场指出宣传栏内容更新不及时等问题，明确了责任人和完成期限。" * 60


def picture(color: str, size: tuple[int, int] = (640, 480), mode: str = "RGB", caption: str = "") -> Picture:
    file = BytesIO()
    Image.new("RGB", size, color).convert(mode).save(file, "JPEG")
    return Picture(file.getvalue(), *size, caption)


def sheet(*lines: Line, title: str = "“四个一”活动纪实表") -> Sheet:
    return Sheet(
        title=title,
        head=("填报单位（盖章）：东升镇党委", "", "2026年11月24日"),
        lines=lines,
        notes=("说明：照片由填报人拍摄。",),
        signatures=("填报人：", "审核人："),
        marking="内部资料 注意保管",
    )


def drawn(*sheets: Sheet) -> pdfium.PdfDocument:
    file = BytesIO()
    pages = draw(Sheets(title="纪实表", sheets=sheets), file).pages
    document = pdfium.PdfDocument(file.getvalue())
    assert len(document) == pages
    return document


def texts(document: pdfium.PdfDocument) -> list[str]:
    return [page.get_textpage().get_text_range() for page in document]


def colors(document: pdfium.PdfDocument) -> list[tuple[int, ...]]:
    """The colors that a first page shows."""
    image = document[0].render(scale=1).to_pil().convert("RGB")
    return [color for _, color in image.getcolors(image.width * image.height)]


def near(color: tuple[int, ...], wanted: tuple[int, int, int]) -> bool:
    return all(abs(one - other) < 12 for one, other in zip(color, wanted, strict=True))


def test_a_record_with_four_photos_and_room_to_sign_is_one_page() -> None:
    four = [
        picture(name, caption=words)
        for name, words in (("red", "会场"), ("lime", "现场"), ("blue", "签到"), ("gold", "合影"))
    ]
    document = drawn(
        sheet(
            labelled(("主题", "党建工作交流"), ("时间", "2026.11.20")),
            written("内容", LONG[:300]),
            *photos(four),
            to_sign("导师签字：", "乡镇党委审核（盖章）："),
        )
    )

    assert len(document) == 1
    text = texts(document)[0]
    assert re.search(NUMBERED, text)
    for words in ("党建工作交流", "会场", "合影", "乡镇党委审核（盖章）", "填报人"):
        assert words in text
    seen = colors(document)
    for wanted in ((254, 0, 0), (0, 255, 1), (0, 0, 254), (255, 215, 0)):
        assert any(near(pixel, wanted) for pixel in seen)


def test_photos_keep_their_shape_and_grow_into_the_room_that_is_left() -> None:
    tall = picture("red", (300, 600))
    wide = picture("blue", (800, 300))

    (page,) = sheet_pages(sheet(*photos([tall, wide])))

    for placed, (width, height) in zip(page.pictures, ((300, 600), (800, 300)), strict=True):
        assert placed.width / placed.height == pytest.approx(width / height)
    assert page.pictures[0].height > 52 / 25.4 * 72 - 20
    assert page.pictures[0].x + page.pictures[0].width < page.pictures[1].x


def test_eight_photos_stand_four_on_a_page() -> None:
    pages = sheet_pages(sheet(*photos([picture("red", caption=str(n)) for n in range(8)], least_mm=95)))

    assert [len(page.pictures) for page in pages] == [4, 4]
    for page in pages:
        heights = {round(placed.y) for placed in page.pictures}
        assert len(heights) == 2


def test_the_same_picture_is_kept_once_and_a_gray_one_is_drawn_gray() -> None:
    same, gray = picture("red"), picture("gray", mode="L")
    file = BytesIO()
    draw(Sheets(title="x", sheets=(sheet(*photos([same, same, gray])),)), file)

    assert len(re.findall(rb"/Subtype /Image", file.getvalue())) == 2
    seen = colors(pdfium.PdfDocument(file.getvalue()))
    assert any(near(color, (128, 128, 128)) for color in seen)


def test_a_long_text_goes_on_over_the_page_with_nothing_lost() -> None:
    document = drawn(sheet(written("内容纪要", LONG), to_sign("审核：")))

    assert len(document) > 1
    together = "".join(texts(document))
    body = "".join(ch for ch in together if ch in LONG)
    assert LONG[:40] in re.sub(r"\s", "", together)
    assert body.count("逐项核对了阵地") == 60
    assert together.count("内容纪要") == len(document)


def test_a_table_repeats_its_heading_where_it_goes_on() -> None:
    heading = Line(
        cells=tuple(Cell(text=text, label=True, align=Align.CENTER) for text in ("项目", "状态")),
        group="items",
        heading=True,
    )
    rows = [Line(cells=(Cell(text=f"第{n}项"), Cell(text="达标")), group="items") for n in range(60)]

    found = texts(drawn(sheet(written("开头", "x" * 10), heading, *rows)))

    assert len(found) > 1
    assert all("项目" in text for text in found)
    order = [int(n) for text in found for n in re.findall(r"第(\d+)项", text)]
    assert order == list(range(60))
    assert all(later == before + 1 for before, later in pairwise(order))


def test_several_sheets_begin_on_their_own_page_and_number_their_own() -> None:
    found = texts(drawn(sheet(written("甲", "一")), sheet(written("乙", "二"))))

    assert len(found) == 2
    assert all(re.search(NUMBERED, text) for text in found)


def test_what_cannot_be_divided_is_refused_with_words() -> None:
    with pytest.raises(TooTallError, match="一页纸放不下"):
        sheet_pages(sheet(Line(cells=(Cell(text="签到", label=True),), least_mm=400)))


def test_a_character_without_a_shape_is_named() -> None:
    found = missing_in(sheet(written("内容", "\ue5e5来了")))

    assert [each.character for each in found] == ["\ue5e5"]


def test_the_same_sheet_gives_the_same_bytes() -> None:
    files = [BytesIO(), BytesIO()]
    for file in files:
        draw(Sheets(title="x", sheets=(sheet(*photos([picture("red")])),)), file)

    assert files[0].getvalue() == files[1].getvalue()
