"""Makes resources/icons/TouyanIcons.ttf: the glyphs that desktop/views/icons.py names, out of QtAwesome's font."""

from __future__ import annotations

import sys
from pathlib import Path

import qtawesome
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources" / "icons" / "TouyanIcons.ttf"


def main() -> None:
    """Write the font anew; the same glyphs give the same bytes."""
    sys.path.insert(0, str(ROOT))
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
    TARGET.parent.mkdir(exist_ok=True)
    font.save(TARGET)


if __name__ == "__main__":
    main()
