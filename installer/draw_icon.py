"""Makes installer/touyan.ico: the window's own picture, white on the accent, for the program file and its shortcuts."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
ICON = Path(__file__).with_name("touyan.ico")
_SIDES = (16, 24, 32, 48, 64, 128, 256)  # what Windows shows from lists to large tiles


def main() -> None:
    """Draw each size by itself: a large one made small is a blot."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    pictures = [_draw(side) for side in _SIDES]
    pictures[-1].save(ICON, append_images=pictures[:-1], sizes=[picture.size for picture in pictures])


def _draw(side: int) -> Image.Image:
    from PySide6.QtCore import QBuffer, QPointF, QRectF, Qt
    from PySide6.QtGui import QColor, QImage, QPainter

    from desktop.app import make_app
    from desktop.views import icons, theme

    make_app()
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.COLORS["accent"]))
    painter.drawRoundedRect(QRectF(0, 0, side, side), side / 6, side / 6)
    glyph = round(side * 0.8)
    painter.drawPixmap(
        QPointF((side - glyph) / 2, (side - glyph) / 2), icons.icon("group", "#FFFFFF").pixmap(glyph, glyph)
    )
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the binding takes the name as text
    return Image.open(io.BytesIO(bytes(buffer.data().data())))


if __name__ == "__main__":
    main()
