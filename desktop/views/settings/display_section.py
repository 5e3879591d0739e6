"""Settings: how large the type is (字号)."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QButtonGroup, QRadioButton, QWidget

from desktop.models.services.settings import FONT_SIZES
from desktop.office import Office
from desktop.views import theme
from desktop.views.settings.section import Section

_WORDS = {10: "标准（10 磅）", 12: "大（12 磅）", 14: "特大（14 磅）"}


class DisplaySection(Section):
    """Three sizes; the choice shows at once."""

    title = "显示"
    sentence = "界面文字的大小，马上生效；不影响打印。"

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.sizes = QButtonGroup(self)
        for size in FONT_SIZES:
            button = QRadioButton(_WORDS[size])
            button.setAccessibleName(f"字号 {_WORDS[size]}")
            self.sizes.addButton(button, size)
            self.body.addWidget(button)
        self.sizes.idClicked.connect(self._choose)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Show the size kept."""
        self.sizes.button(self.office.settings.font_size).setChecked(True)

    def _choose(self, size: int) -> None:
        self.office.settings.font_size = size
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.install(app, size)
