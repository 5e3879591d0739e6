"""Blocks of cells to and from Excel and WPS."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData

from desktop.views.tables.clipboard import from_mime, from_text, to_mime


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("张建国\t男\r\n李秀兰\t女\r\n", [["张建国", "男"], ["李秀兰", "女"]]),
        ("张建国", [["张建国"]]),
        ("张建国\t\t大专\n", [["张建国", "", "大专"]]),
        ('"党支部书记\n村委会主任"\t男\n', [["党支部书记\n村委会主任", "男"]]),
        ("一\n\n三\n", [["一"], [""], ["三"]]),
        ("", []),
    ],
)
def test_what_excel_puts_on_the_clipboard_is_taken_apart(text: str, block: list[list[str]]) -> None:
    assert from_text(text) == block


def test_a_copied_block_comes_back_as_it_was() -> None:
    block = [["张建国", "党支部书记\n村委会主任"], ["", 'a "b"\tc']]

    assert from_mime(to_mime(block)) == block


def test_copied_numbers_stay_text_in_excel_and_names_are_no_markup() -> None:
    html = to_mime([["421099197405010031", "<b>张</b>"]]).html()

    assert html.count(r"mso-number-format:&quot;\@&quot;") + html.count(r'mso-number-format:"\@"') == 2
    assert "&lt;b&gt;张&lt;/b&gt;" in html


def test_a_picture_on_the_clipboard_is_no_block() -> None:
    assert from_mime(QMimeData()) == []
