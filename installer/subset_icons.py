"""Makes resources/icons out of QtAwesome's font: the glyphs that desktop/views/icons.py names, arrows for the style sheet."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import qtawesome
from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]  # it ships no types
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it ships no types

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "icons"
_ARROWS = {
    "down": ("chevron-down", "secondary"),
    "down-off": ("chevron-down", "disabled"),
    "up": ("chevron-up", "secondary"),
}
_ARROW_SIDE = 16


def main() -> None:
    """Write everything anew; the same glyphs give the same bytes."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    FOLDER.mkdir(exist_ok=True)
    _write_font()
    _write_arrows()


def _write_font() -> None:
    from desktop.views.icons import GLYPHS

    source = next(Path(qtawesome.__file__).parent.glob("fonts/materialdesignicons6-webfont-*.ttf"))
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(Options(glyph_names=False, notdef_outline=True))
    subsetter.populate(unicodes=GLYPHS.values())
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in (
            1,
            4,
            6,
            16,
        ):  # a name of its own: an installed icon font must not stand in for it
            record.string = "Touyan Icons" if record.nameID != 6 else "TouyanIcons"
    font.save(FOLDER / "TouyanIcons.ttf")


def _write_arrows() -> None:
    """A style sheet takes pictures only; twice the size for fine screens."""
    from PySide6.QtCore import QSize
    from PySide6.QtWidgets import QApplication

    from desktop.views import theme

    app = QApplication([])
    for name, (glyph, ink) in _ARROWS.items():
        for scale, mark in ((1, ""), (2, "@2x")):
            side = QSize(_ARROW_SIDE * scale, _ARROW_SIDE * scale)
            theme.icon(glyph, ink).pixmap(side, 1.0).save(str(FOLDER / f"{name}{mark}.png"))
    app.quit()


if __name__ == "__main__":
    main()
