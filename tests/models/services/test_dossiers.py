"""Several ledgers as one PDF: what stands where, what is left when it is stopped, sets that are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from desktop.models.errors import DesktopError
from desktop.models.ledgers.raster import reads_back
from desktop.models.services.disclosures import ReasonNeededError
from desktop.models.services.dossiers import (
    STANDING,
    DossierRequest,
    LedgerSet,
    LedgerSetError,
    NothingTickedError,
    UndrawnLedgerError,
)
from desktop.models.services.files import UnwritableFileError
from desktop.models.services.ledgers import LedgerRequest
from desktop.office import Office
from tests.models.services.printed import pages_of, pictures_of
from tests.offices import CITY, COMMUNITY, TODAY, VILLAGE, member, whole_office

ASKED = DossierRequest(title="拉练备检包", ledgers=("roster", "structure", "checklist"), on=TODAY)


@pytest.fixture(scope="module")
def township(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A township with the whole sample; nothing is changed in it."""
    with whole_office(tmp_path_factory.mktemp("office") / "office") as office:
        yield office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """The same, to be changed."""
    with whole_office(tmp_path / "office") as office:
        yield office


def bookmarks(pdf: bytes) -> list[tuple[int, str, int]]:
    """Level, title and page (from 1) of each bookmark, in the order of the outline."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            (mark.level, mark.get_title(), mark.get_dest().get_index() + 1) for mark in document.get_toc()
        ]


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page in millimeters."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document]


def test_cover_contents_and_ledgers_stand_in_one_file_with_true_pages(
    township: Office, tmp_path: Path
) -> None:
    path = tmp_path / "备检包.pdf"

    written = township.dossiers.write(ASKED, path)

    pdf = path.read_bytes()
    pages = pages_of(pdf)
    assert len(pages) == written.pages
    assert pages[0].startswith("内部资料注意保管石首市东升镇拉练备检包统计截止时间：2026年11月24日填报单位")
    assert "共" not in pages[0]
    marks = bookmarks(pdf)
    assert marks[:3] == [(0, "封面", 1), (0, "目录", 2), (0, "村（社区）“两委”班子成员花名册", 3)]
    assert [level for level, title, _ in marks if title == "岚汀机械制造党支部"] == [1]
    for _, title, page in marks[2:]:
        bare = "".join(title.split())
        assert re.search(rf"{re.escape(bare)}{page}(—\d+)?", pages[1]), title  # 目录 and bookmark agree
        assert bare.removeprefix("村（社区）") in pages[page - 1]  # and it is there


def test_pages_are_numbered_through_the_whole_and_name_their_ledger(township: Office, tmp_path: Path) -> None:
    written = township.dossiers.write(ASKED, tmp_path / "备检包.pdf")

    pages = pages_of((tmp_path / "备检包.pdf").read_bytes())
    for number, page in enumerate(pages[1:], start=2):
        assert f"第{number}页共{written.pages}页" in page
        assert len(re.findall(r"第\d+页", page)) == 1
        assert "内部资料注意保管" in page
    assert pages[3].endswith(
        "村（社区）“两委”班子成员花名册"
    )  # the second page of the roster has no title above


def test_what_it_holds_is_what_the_single_ledgers_hold(township: Office, tmp_path: Path) -> None:
    township.dossiers.write(ASKED, tmp_path / "备检包.pdf")

    pdf = (tmp_path / "备检包.pdf").read_bytes()
    single = [township.ledgers.preview(LedgerRequest(name, TODAY)).pdf for name in ASKED.ledgers]
    numbers = re.compile(r"第\d+页共\d+页")
    own = [numbers.sub("", page) for each in single for page in pages_of(each)]
    together = [numbers.split(page)[0] for page in pages_of(pdf)[2:]]
    assert together == own
    assert pictures_of(pdf)[2:] == [pictures for each in single for pictures in pictures_of(each)]
    assert sum(map(len, pictures_of(pdf))) > 4


def test_sheets_upright_and_ledgers_across_keep_their_own_paper(township: Office, tmp_path: Path) -> None:
    township.dossiers.write(ASKED, tmp_path / "A3.pdf")
    township.dossiers.write(replace(ASKED, paper="A4"), tmp_path / "A4.pdf")

    a3, a4 = (sizes((tmp_path / name).read_bytes()) for name in ("A3.pdf", "A4.pdf"))
    assert (a3[0], a3[1], a3[2], a3[-1]) == ((210, 297), (210, 297), (420, 297), (210, 297))
    assert (a4[2], a4[-1]) == ((297, 210), (210, 297))


def test_each_of_several_units_is_a_part_of_its_own_and_says_what_it_has_no_record_of(
    township: Office, tmp_path: Path
) -> None:
    asked = replace(ASKED, units=(VILLAGE, COMMUNITY))

    written = township.dossiers.write(asked, tmp_path / "备检包.pdf")

    pdf = (tmp_path / "备检包.pdf").read_bytes()
    pages = pages_of(pdf)
    assert "范围：毕家塘村、焦山河社区" in pages[0]
    assert written.empty == ("毕家塘村 两新党组织“8+N”标准化清单",)
    assert written.ledgers == 5
    assert "3两新党组织“8+N”标准化清单无记录焦山河社区" in pages[1]
    marks = bookmarks(pdf)
    assert [title for level, title, _ in marks if level == 0] == ["封面", "目录", "毕家塘村", "焦山河社区"]
    below = [title for level, title, _ in marks if level == 1]
    assert below == [
        *("村（社区）“两委”班子成员花名册", "村（社区）“两委”班子结构分析统计表"),
        *(
            "村（社区）“两委”班子成员花名册",
            "村（社区）“两委”班子结构分析统计表",
            "两新党组织“8+N”标准化清单",
        ),
    ]
    second = next(page for _, title, page in marks if title == "焦山河社区")
    assert "石首市东升镇焦山河社区“两委”班子成员花名册" in pages[second - 1]


def test_one_unit_is_named_above_the_title(township: Office, tmp_path: Path) -> None:
    asked = replace(ASKED, ledgers=("roster",), units=(VILLAGE,))

    township.dossiers.write(asked, tmp_path / "备检包.pdf")

    pages = pages_of((tmp_path / "备检包.pdf").read_bytes())
    assert "石首市东升镇毕家塘村拉练备检包" in pages[0]
    assert "范围" not in pages[0]
    assert township.dossiers.file_name(asked) == "石首市东升镇毕家塘村拉练备检包（2026.11.24）.pdf"


def test_the_same_records_are_the_same_bytes(township: Office, tmp_path: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        township.dossiers.write(ASKED, tmp_path / name)

    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_long_contents_go_on_over_the_page_and_stay_true(tmp_path: Path) -> None:
    with whole_office(tmp_path / "office", CITY) as city:
        villages = tuple(code for code, each in city.divisions.all().items() if each.parent == "421081106000")
        asked = DossierRequest(title="备检", ledgers=("roster", "study", "reserve"), on=TODAY, units=villages)

        city.dossiers.write(asked, tmp_path / "备检包.pdf")

    pdf = (tmp_path / "备检包.pdf").read_bytes()
    pages, marks = pages_of(pdf), bookmarks(pdf)
    front = [page for page in pages if "序号台账页码" in page]
    assert len(front) > 1
    assert marks[2][2] == 2 + len(front)
    for level, title, page in marks[2:]:
        if level == 0:
            assert re.search(rf"{title}{page}(—\d+)?", "".join(front)), title
            assert f"{title}“两委”班子成员花名册" in pages[page - 1]


def test_numbers_are_masked_unless_there_is_a_reason_which_goes_on_record(
    office: Office, tmp_path: Path
) -> None:
    whole = replace(ASKED, full_ids=True, reason=" ")
    with pytest.raises(ReasonNeededError):
        office.dossiers.write(whole, tmp_path / "whole.pdf")
    office.dossiers.write(ASKED, tmp_path / "masked.pdf")
    before = len(office.history.disclosures())

    office.dossiers.write(replace(whole, reason="上级组织部门检查"), tmp_path / "whole.pdf")

    texts = ["".join(pages_of((tmp_path / name).read_bytes())) for name in ("masked.pdf", "whole.pdf")]
    assert ["421099********" in text for text in texts] == [True, False]
    assert before == 0
    (told,) = office.history.disclosures()
    assert (told.what, told.reason) == (
        "石首市东升镇村（社区）“两委”班子成员花名册（whole.pdf）",
        "上级组织部门检查",
    )
    assert told.people > 80


def test_a_dossier_that_is_stopped_leaves_no_file(township: Office, tmp_path: Path) -> None:
    steps: list[str] = []

    class Stopped(DesktopError):
        pass

    def stop(done: int, of: int, words: str) -> None:
        steps.append(f"{done} / {of} {words}")
        if "（2 / 3）" in words:
            raise Stopped

    (tmp_path / "备检包.pdf").write_bytes(b"old")
    with pytest.raises(Stopped):
        township.dossiers.write(ASKED, tmp_path / "备检包.pdf", stop)

    assert steps[-1] == "2 / 3 两新党组织“8+N”标准化清单（2 / 3）"
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("备检包.pdf", b"old")]


def test_nothing_ticked_and_a_folder_that_is_not_there_are_told(township: Office, tmp_path: Path) -> None:
    with pytest.raises(NothingTickedError, match="还没有勾选台账"):
        township.dossiers.write(replace(ASKED, ledgers=()), tmp_path / "备检包.pdf")
    with pytest.raises(UnwritableFileError, match="找不到文件夹"):
        township.dossiers.write(ASKED, tmp_path / "nowhere" / "备检包.pdf")


def test_a_ledger_that_does_not_fit_is_named_with_what_to_do(office: Office, tmp_path: Path) -> None:
    office.roster.add(VILLAGE, member(remarks="说明" * 4_000), TODAY)

    with pytest.raises(
        UndrawnLedgerError, match=r"“村（社区）“两委”班子成员花名册”有问题。.*也可以先不勾选它"
    ):
        office.dossiers.write(ASKED, tmp_path / "备检包.pdf")

    assert not (tmp_path / "备检包.pdf").exists()


def test_a_file_that_was_cut_short_does_not_read_back(township: Office, tmp_path: Path) -> None:
    path = tmp_path / "备检包.pdf"
    pages = township.dossiers.write(ASKED, path).pages
    content = path.read_bytes()

    with path.open("rb") as file:
        assert reads_back(file, pages)
        assert not reads_back(file, pages + 1)
    path.write_bytes(content[: len(content) // 2])
    with path.open("rb") as file:
        assert not reads_back(file, pages)


def test_the_set_for_an_inspection_takes_in_what_there_is(township: Office) -> None:
    (standing,) = township.dossiers.sets()

    inspected = [kind.name for kind in township.ledgers.offered() if kind.shown_to_inspectors]
    assert standing == LedgerSet(STANDING, tuple(inspected))
    assert {"roster", "reserve", "structure", "changes", "study", "activity", "checklist"} <= set(inspected)
    assert not {"issues", "rally"} & set(inspected)


def test_own_sets_are_kept_replaced_and_removed_and_that_is_taken_back(office: Office) -> None:
    dossiers = office.dossiers

    dossiers.save(" 月检 ", ("structure", "roster"))
    assert dossiers.set_named("月检").ledgers == ("roster", "structure")
    dossiers.save("月检", ("study",))
    dossiers.save(STANDING, ("roster",))
    assert [(each.name, each.ledgers) for each in dossiers.sets()] == [
        (STANDING, ("roster",)),
        ("月检", ("study",)),
    ]
    dossiers.remove(STANDING)
    assert len(dossiers.set_named(STANDING).ledgers) > 10

    for _ in range(3):
        office.history.undo()

    assert dossiers.set_named("月检").ledgers == ("roster", "structure")
    office.history.undo()
    assert dossiers.own_names() == ()


def test_the_history_tells_of_a_set(office: Office) -> None:
    office.dossiers.save("月检", ("roster", "study"))

    line = office.history.recent()[0]
    assert line.why == "保存一套台账“月检”（2 张）"
    assert [(each.field, each.old, each.new) for each in office.history.details(line.seq)] == [
        ("存好的各套台账", "没有", "月检（2 张）")
    ]


def test_a_set_without_name_or_ledgers_and_one_that_is_not_there_are_refused(office: Office) -> None:
    with pytest.raises(LedgerSetError, match="起个名称"):
        office.dossiers.save(" ", ("roster",))
    with pytest.raises(NothingTickedError):
        office.dossiers.save("月检", ())
    with pytest.raises(LedgerSetError, match="没有叫“周检”的一套台账。有：拉练备检包。"):
        office.dossiers.set_named("周检")
