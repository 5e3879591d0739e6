"""The terms of villages' committees (班子届次), and entering a new one (换届)."""

from __future__ import annotations

from desktop.views.records.page import RecordsPage


class CommitteeTermsPage(RecordsPage):
    """Stands beside the yearly figures."""

    noun = "条"
    register = "committee_term"
    adding = "登记届次"
    finding = "村名、拼音"
    nothing = "还没有登记班子届次。"

    def build_adding(self) -> None:
        """See RecordsPage; a term is entered with who was elected, or by itself where that is known already."""
        self.add = self.header.add_action(self.adding, "plus", "Ctrl+N")
        self.add.clicked.connect(self.start_new)
        self.elect = self.header.add_primary("换届…", "group")
        self.elect.clicked.connect(self.ask_to_elect)

    def ask_to_elect(self) -> None:
        """Ask who goes on, who ends and who is new."""
        from desktop.views.records.election import ElectionDialog

        record = self.current_record
        beside = record.division.code if record and record.division else None
        dialog = ElectionDialog(self.office, self.source.today, self.units.code or beside, self)
        dialog.elected.connect(self._show_elected)
        dialog.open()

    def _show_elected(self) -> None:
        self.show_relisted(None)
        self.doing.say_done()
