"""Colors, fonts, icons and the style sheet."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor, QRawFont
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.paths import RESOURCES
from desktop.views import icons, theme
from desktop.views.theme import COLORS, Tone

VIEWS = RESOURCES.parent / "desktop" / "views"


def luminance(name: str) -> float:
    color = QColor(COLORS[name])
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("ink", "surface"),
    [
        *(("text", surface) for surface in ("surface", "page", "selection", "hover")),
        *(("secondary", surface) for surface in ("surface", "page", "line")),
        *(("accent", surface) for surface in ("surface", "page", "accent_surface", "warn_surface")),
        *(("surface", surface) for surface in ("accent", "accent_hover", "text")),
        *((tone, surface) for tone in ("ok", "warn", "error") for surface in ("surface", f"{tone}_surface")),
    ],
)
def test_words_can_be_read_on_every_surface_they_stand_on(ink: str, surface: str) -> None:
    assert contrast(ink, surface) >= 4.5


def test_what_takes_input_has_a_border_that_can_be_seen() -> None:
    assert contrast("border", "surface") >= 3


def test_only_the_theme_names_colors() -> None:
    sources = [*VIEWS.rglob("*.py"), *(RESOURCES / "style").glob("*.qss")]
    literal = re.compile(r"#[0-9A-Fa-f]{6}\b")

    named = [path.name for path in sources if literal.search(path.read_text(encoding="utf-8"))]

    assert named == ["theme.py"]


def test_the_style_sheet_is_filled_in_at_every_size_of_type() -> None:
    for points in theme.SIZES:
        assert "$" not in theme.style_sheet(points)


def test_the_icon_font_has_every_icon(qapp: QApplication) -> None:
    font = QRawFont(str(RESOURCES / "icons" / "TouyanIcons.ttf"), 16)

    assert [name for name, glyph in icons.GLYPHS.items() if not font.supportsCharacter(glyph)] == []


def test_names_of_the_countys_villages_are_drawn_by_our_own_fonts(qapp: QApplication) -> None:
    font = QRawFont.fromFont(theme.body_font(10))

    assert font.familyName() == "Noto Sans SC"
    assert all(font.supportsCharacter(ord(character)) for character in "垱剅鋪绣林笔架山")


def test_a_disabled_icon_is_paler(qapp: QApplication) -> None:
    from PySide6.QtGui import QIcon

    def strength(mode: QIcon.Mode) -> float:
        image = theme.icon("check", "text").pixmap(20, mode).toImage()
        return max(image.pixelColor(x, y).alphaF() for x in range(20) for y in range(20))

    assert strength(QIcon.Mode.Disabled) < strength(QIcon.Mode.Normal) / 2


def test_a_tone_shows_at_once_on_a_label_that_is_already_on_the_screen(qtbot: QtBot) -> None:
    label = QLabel("请核对")
    qtbot.addWidget(label)
    label.show()

    theme.set_tone(label, Tone.ERROR)

    assert label.palette().color(label.foregroundRole()).name() == COLORS["error"].lower()


def test_another_size_of_type_reaches_what_is_on_the_screen(qtbot: QtBot, qapp: QApplication) -> None:
    label = QLabel("张建国")
    qtbot.addWidget(label)
    label.show()
    try:
        theme.install(qapp, 14)
        assert label.font().pointSize() == 14
    finally:
        theme.install(qapp, theme.SIZES[0])
