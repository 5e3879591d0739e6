"""Ledgers of an office: who stands on them, what is masked and on record, the same bytes from the same data."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from desktop.models.errors import DesktopError
from desktop.models.ledgers.ledger import Paper
from desktop.models.registers.roster import RosterQuery
from desktop.models.services.disclosures import ReasonNeededError
from desktop.models.services.files import UnwritableFileError
from desktop.models.services.ledgers import LedgerRequest, UnknownLedgerError
from desktop.office import Office
from tests.offices import (
    COMMUNITY,
    PASSWORD,
    TODAY,
    TOWNSHIP,
    VILLAGE,
    copy_of_office,
    identity_number,
    member,
    opened,
)

ROSTER = LedgerRequest("roster", TODAY)
ROOT = Path(__file__).parents[3]


def text_of(pdf: bytes) -> str:
    """The text layer of all pages, without white space."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join("".join(page.get_textpage().get_text_range() for page in document).split())
    finally:
        document.close()


@pytest.mark.parametrize("paper", list(Paper))
def test_the_text_layer_has_every_name_and_no_whole_number(sample: Office, paper: Paper) -> None:
    prepared = sample.ledgers.preview(LedgerRequest("roster", TODAY, paper=paper))

    rows = sample.roster.rows(sample.roster.keys(RosterQuery(on=TODAY)), TODAY)
    text = text_of(prepared.pdf)
    printed = [row for row in rows if any(term.post < "31" for term in row.terms)]
    assert all(row.person.name in text for row in printed)
    assert prepared.left_out == len(rows) - len(printed)
    assert not [n for row in rows for n in (row.person.id_number, row.person.phone) if n and n in text]
    assert f"{printed[0].person.id_number[:6]}********{printed[0].person.id_number[-4:]}" in text  # type: ignore[index]
    assert prepared.pages == len(pypdfium2.PdfDocument(prepared.pdf))


def test_who_sits_only_on_the_supervisory_committee_is_left_out_and_counted(office: Office) -> None:
    office.roster.add(VILLAGE, member(name="在台账上"), TODAY)
    office.roster.add(VILLAGE, {"name": "只任监委", "posts": "监委会主任"}, TODAY)
    office.roster.add(VILLAGE, {"name": "只任文书", "posts": "文书"}, TODAY)
    office.roster.add(VILLAGE, {"name": "兼任监委", "posts": "支委、监委会主任"}, TODAY)

    prepared = office.ledgers.preview(ROSTER)

    text = text_of(prepared.pdf)
    assert [name in text for name in ("在台账上", "只任监委", "只任文书", "兼任监委")] == [
        True,
        False,
        False,
        True,
    ]
    assert prepared.left_out == 2


def test_a_ledger_is_of_the_day_and_unit_asked_for(office: Office) -> None:
    key = office.roster.add(VILLAGE, member(name="已经离任"), TODAY)
    office.roster.add(COMMUNITY, member(name="社区书记", id_number=""), TODAY)
    terms = office.roster.rows([key], TODAY)[0].terms
    office.roster.end_terms([term.id for term in terms], date(2026, 6, 30), "")

    now = text_of(office.ledgers.preview(ROSTER).pdf)
    then = text_of(office.ledgers.preview(LedgerRequest("roster", date(2026, 6, 30))).pdf)
    village = text_of(office.ledgers.preview(LedgerRequest("roster", date(2026, 6, 30), VILLAGE)).pdf)

    assert ("已经离任" in now, "已经离任" in then, "社区书记" in village) == (False, True, False)
    assert "统计截止时间：2026年6月30日" in then
    assert "石首市东升镇毕家塘村“两委”班子成员花名册" in village


def test_the_head_says_who_reports(office: Office, tmp_path: Path) -> None:
    made = text_of(office.ledgers.preview(ROSTER).pdf)
    office.settings.signature = "中共石首市东升镇委员会"
    chosen = text_of(office.ledgers.preview(ROSTER).pdf)
    with opened(tmp_path / "city", level="city") as city:
        of_city = text_of(city.ledgers.preview(ROSTER).pdf)

    assert "填报单位（盖章）：东升镇党委" in made
    assert "填报单位（盖章）：中共石首市东升镇委员会" in chosen
    assert "填报单位（盖章）：石首市委组织部" in of_city


def test_a_ledger_without_anybody_is_one_page(office: Office) -> None:
    prepared = office.ledgers.preview(ROSTER)

    assert (prepared.pages, prepared.missing, prepared.left_out) == (1, (), 0)
    assert "0个村（社区），0人" in text_of(prepared.pdf)


def test_characters_that_no_font_has_are_listed_with_whom_they_belong_to(office: Office) -> None:
    office.roster.add(VILLAGE, {"name": "张屾䶮\U0002c029", "posts": "支书"}, TODAY)
    office.roster.add(
        VILLAGE, {"name": "李\U000323af", "posts": "村委会委员", "duties": "\U000323af\U00032300"}, TODAY
    )
    office.roster.add(VILLAGE, {"name": "王\U000323af", "posts": "监委会主任"}, TODAY)  # not printed

    prepared = office.ledgers.preview(ROSTER)

    assert [(m.village, m.name, m.characters) for m in prepared.missing] == [
        ("毕家塘村", "李\U000323af", ("\U000323af", "\U00032300"))
    ]
    assert "张屾䶮\U0002c029" in text_of(prepared.pdf)


def test_whole_numbers_are_printed_for_a_reason_only_which_is_on_record(
    office: Office, tmp_path: Path
) -> None:
    key = office.roster.add(VILLAGE, member(), TODAY)
    office.roster.appoint(key[0], COMMUNITY, "居委会委员", "", TODAY)
    office.roster.add(VILLAGE, {"name": "只任监委", "posts": "监委会主任"}, TODAY)
    path = tmp_path / "花名册.pdf"
    for reason in (None, "", "　"):
        with pytest.raises(ReasonNeededError):
            office.ledgers.write(LedgerRequest("roster", TODAY, full_ids=True, reason=reason), path)
    refused = path.exists(), office.history.disclosures()

    whole = LedgerRequest("roster", TODAY, full_ids=True, reason=" 县级联审 ")
    office.ledgers.preview(whole)
    seen = office.history.disclosures()
    office.ledgers.write(whole, path)

    record = office.history.disclosures()[0]
    assert (refused, seen) == ((False, []), [])
    assert identity_number() in text_of(path.read_bytes())
    assert (record.reason, record.people) == ("县级联审", 1)
    assert record.what == "石首市东升镇村（社区）“两委”班子成员花名册（花名册.pdf）"


def test_a_masked_ledger_leaves_no_record(office: Office, tmp_path: Path) -> None:
    office.ledgers.write(ROSTER, tmp_path / "花名册.pdf")

    assert office.history.disclosures() == []
    assert len(office.history.recent()) == 1


def test_a_ledger_that_cannot_be_saved_leaves_nothing(office: Office, tmp_path: Path) -> None:
    with pytest.raises(UnwritableFileError):
        office.ledgers.write(ROSTER, tmp_path / "没有" / "花名册.pdf")

    assert not (tmp_path / "没有").exists()


def test_an_unknown_ledger_is_said(office: Office) -> None:
    with pytest.raises(UnknownLedgerError, match="没有叫“none”的台账"):
        office.ledgers.preview(LedgerRequest("none", TODAY))


def test_pages_are_told_and_the_drawing_can_be_stopped(sample: Office) -> None:
    told: list[tuple[int, int]] = []

    def stop(page: int, of: int) -> None:
        told.append((page, of))
        if page == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        sample.ledgers.preview(ROSTER, stop)

    assert told == [(1, told[0][1]), (2, told[0][1])]


def test_the_same_data_gives_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    copy_of_office(tmp_path / "office", filled=True)
    words = ["--data", str(tmp_path / "office"), "ledger", "roster", "--as-of", "2026-11-24", "-o"]
    for number, seed in enumerate(("1", "2")):
        subprocess.run(
            [sys.executable, "-m", "desktop", *words, str(tmp_path / f"{number}.pdf")],
            env=os.environ | {"TOUYAN_PASSWORD": PASSWORD, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
    with opened(tmp_path / "office", filled=True) as office:
        here = office.ledgers.preview(ROSTER).pdf

    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in tmp_path.glob("*.pdf")}
    assert digests == {hashlib.sha256(here).hexdigest()}


def test_markup_and_formulas_are_printed_as_they_are(office: Office) -> None:
    texts = ("<b>粗</b>", "<img src='file:///etc/passwd'>", "=1+1", "&lt;&#65;", "%s{0}\\")
    for number, text in enumerate(texts):
        typed = {"name": f"甲{'乙丙丁戊己'[number]}", "posts": "村委会委员", "remarks": text}
        office.roster.add(VILLAGE, typed, TODAY)

    text = text_of(office.ledgers.preview(ROSTER).pdf)

    assert all("".join(each.split()) in text for each in texts)


def test_a_page_is_shown_as_pixels(office: Office) -> None:
    raster = office.ledgers.render(office.ledgers.preview(ROSTER).pdf, 0, 1)

    assert (raster.width, raster.height) == (1191, 842)
    assert len(raster.data) == raster.stride * raster.height


def test_a_citys_ledger_of_a_township_is_named_after_it(tmp_path: Path) -> None:
    with opened(tmp_path / "city", level="city", filled=True) as city:
        request = LedgerRequest("roster", TODAY, TOWNSHIP)

        assert city.ledgers.title(request) == "石首市东升镇村（社区）“两委”班子成员花名册"
        text = text_of(city.ledgers.preview(request).pdf)
        assert "20个村（社区）" in text


def test_a_text_longer_than_a_page_is_said_to_be(office: Office, tmp_path: Path) -> None:
    office.roster.add(VILLAGE, {"name": "张三", "posts": "支书", "remarks": "长" * 100_000}, TODAY)

    with pytest.raises(DesktopError, match="页"):
        office.ledgers.write(ROSTER, tmp_path / "花名册.pdf")

    assert not (tmp_path / "花名册.pdf").exists()


def test_the_title_of_one_village_does_not_say_village_twice(office: Office) -> None:
    request = LedgerRequest("roster", TODAY, VILLAGE)

    assert office.ledgers.title(request) == "石首市东升镇毕家塘村“两委”班子成员花名册"
