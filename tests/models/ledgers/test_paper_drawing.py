"""Ledgers drawn as PDF: read back as text and as pixels."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from itertools import accumulate, pairwise
from pathlib import Path

import pypdfium2
import pytest

from desktop.models.ledgers.layout import layout
from desktop.models.ledgers.ledger import Column, Ledger, Paper, Row
from desktop.models.ledgers.missing import Missing, missing_in
from desktop.models.ledgers.page import draw
from tests.models.ledgers.rosters import NAMES, rare_characters, roster

ROOT = Path(__file__).parents[3]


def _drawn(ledger: Ledger) -> bytes:
    file = BytesIO()
    draw(ledger, file)
    return file.getvalue()


def _texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def _names(*names: str) -> Ledger:
    return Ledger(
        title="名册", columns=(Column(label="姓名", width_mm=20),), rows=tuple(Row((name,)) for name in names)
    )


def _ink(ledger: Ledger) -> list[int]:
    """Return how many dark pixels each cell of the first page holds between its lines, at four pixels a point."""
    plan = layout(ledger)
    page = plan.pages[0]
    document = pypdfium2.PdfDocument(_drawn(ledger))
    image = document[0].render(scale=4, grayscale=True).to_pil()
    document.close()
    bottoms = list(accumulate(page.heights, initial=plan.size[1] - page.heading_top + plan.heading.height))
    return [
        sum(
            image.crop(
                (plan.edges[0] * 4 + 4, top * 4 + 4, plan.edges[1] * 4 - 4, bottom * 4 - 4)
            ).histogram()[:128]
        )
        for top, bottom in pairwise(bottoms)
    ]


def test_the_text_layer_gives_back_every_name_of_every_plane() -> None:
    names = [*NAMES, *rare_characters()]

    text = "".join("".join(_texts(_drawn(_names(*names)))).split())

    for name in names:
        assert "".join(name.split()) in text


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
def test_another_reader_gives_back_every_name_too(tmp_path: Path) -> None:
    path = tmp_path / "名册.pdf"
    path.write_bytes(_drawn(_names(*NAMES, *rare_characters())))

    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode()

    for name in [*NAMES, *rare_characters()]:
        assert "".join(name.split()) in "".join(text.split())


def test_rare_characters_are_seen_on_the_page() -> None:
    chars = rare_characters()

    blank, *inked = _ink(_names("", "𡌴", "𥇍", *chars))  # these two from the rare face
    assert blank == 0
    assert all(ink > 100 for ink in inked)
    assert len(inked) > 30


def test_a_character_that_no_face_has_is_seen_listed_and_kept_in_the_text() -> None:
    ledger = _names("刘\ue5e5华", "张　三")

    assert missing_in(ledger) == (Missing("\ue5e5", "刘\ue5e5华", "姓名", 0),)
    assert "刘\ue5e5华" in _texts(_drawn(ledger))[0]
    assert _ink(_names("", "\ue5e5"))[1] > 100


def test_what_is_missing_outside_the_rows_is_listed_too() -> None:
    ledger = replace(_names(), title="\ue5e5村名册", notes=("☑",))

    assert missing_in(ledger) == (Missing("\ue5e5", "\ue5e5村名册"), Missing("☑", "☑"))


def test_every_page_has_the_heading_its_number_and_the_marking() -> None:
    texts = _texts(_drawn(roster(60, Paper.A4)))

    assert len(texts) > 3
    for number, text in enumerate(texts, start=1):
        for expected in ("身份证号", f"第 {number} 页", f"共 {len(texts)} 页", "内部资料 注意保管"):
            assert expected in text
    assert "石首市横沟市镇村（社区）“两委”班子成员花名册" in texts[0]
    assert "主要负责人签字：" in texts[-1]


def test_a_village_is_named_on_each_page_it_reaches() -> None:
    texts = _texts(_drawn(roster(40, Paper.A4, per_village=40)))

    assert [text.count("金银垱社区") for text in texts] == [1] * len(texts)


def test_text_is_not_markup() -> None:
    (text,) = _texts(_drawn(_names('<img src="a.png">&amp;', "(\\)")))

    assert '<img src="a.png">&amp;' in text
    assert "(\\)" in text


def test_every_font_is_embedded() -> None:
    document = pypdfium2.PdfDocument(_drawn(roster(5)))

    fonts = {found.get_font() for found in document[0].get_objects() if hasattr(found, "get_font")}
    assert fonts
    assert all(font.is_embedded for font in fonts)
    document.close()


def test_the_same_ledger_is_the_same_bytes_in_every_process() -> None:
    code = (
        "import hashlib, io; from desktop.models.ledgers.page import draw;"
        "from tests.models.ledgers.rosters import roster; file = io.BytesIO(); draw(roster(30), file);"
        "print(hashlib.sha256(file.getvalue()).hexdigest())"
    )

    sums = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(sums) == 1


def test_each_page_is_told_of() -> None:
    told: list[tuple[int, int]] = []

    drawn = draw(roster(60, Paper.A4), BytesIO(), on_page=lambda number, count: told.append((number, count)))

    assert told == [(number, drawn.pages) for number in range(1, drawn.pages + 1)]


def test_drawing_that_is_called_off_leaves_no_whole_file() -> None:
    file = BytesIO()

    def stop(number: int, count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        draw(roster(60), file, on_page=stop)

    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(file.getvalue())
    assert gc.isenabled()


def test_a_ledger_without_rows_is_one_page_with_its_foot() -> None:
    (text,) = _texts(_drawn(replace(roster(1), rows=())))

    assert "填报日期：" in text
    assert "共 1 页" in text
