"""The command ``handoff``: the whole way to the city and back."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest

from desktop.models.database.records import Records
from desktop.models.registers.term import TermOfOffice
from desktop.office import Office
from tests.commands.running import Ended, Run, program
from tests.enrolled import copy_of_two_offices
from tests.offices import PASSWORD, TOWNSHIP, copy_of_office, opened, workbook


class Pair(NamedTuple):
    """Two offices and a stick."""

    town: Path
    city: Path
    stick: Path


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """The city's office, closed."""
    copy_of_office(tmp_path / "city", level="city")
    return tmp_path / "city"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder in the place of a USB stick."""
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    """A township and the city that trust each other, closed."""
    folder = tmp_path / "pair"
    copy_of_two_offices(folder)
    return Pair(folder / "town", folder / "city", folder / "stick")


def test_the_whole_way_to_the_city_and_back(run: Run, sample: Path, city: Path, stick: Path) -> None:
    def handoff(office: Path, *words: str | Path) -> Ended:
        ended = run("--data", office, "handoff", *words, "--json")
        assert ended.status == 0, ended.err
        return ended

    handoff(sample, "keys", "--new")
    handoff(city, "keys", "--new")
    enrolment = handoff(sample, "enrol", "--to", stick).json
    handoff(city, "enrol", enrolment["file"], "--compared", enrolment["unit"]["fingerprint"])
    root = handoff(city, "root", "--to", stick).json
    handoff(sample, "root", root["file"], "--compared", root["city"]["fingerprint"])
    package = handoff(sample, "pack", stick, "--purpose", "月报").json
    verdict = handoff(city, "verify", package["file"]).json
    planned = handoff(city, "plan", package["file"]).json
    (merged,) = handoff(city, "merge", package["file"]).json
    again = program("--data", city, "handoff", "verify", package["file"], "--json")
    (receipt,) = handoff(city, "receipt", "--to", stick).json
    taken = handoff(sample, "receipt", receipt["file"]).json
    status = handoff(sample, "status").json
    board = handoff(city, "status").json

    assert verdict["code"] == "ok"
    assert verdict.keys() == {"code", "message", "advice"}
    assert merged["counts"] == planned["counts"]
    assert merged["refused"] == []
    assert (again.status, again.json["code"]) == (4, "unchanged")
    assert again.json["message"].startswith("已导入，无变化（")
    assert taken["check_code"] == receipt["check_code"]
    assert taken["receipt"]["package"] == merged["package"] == package["sent"]["hash"]
    (sent,) = status["sent"]
    assert (sent["status"], sent["purpose"], sent["seq"]) == ("taken", "月报", 1)
    assert status["difference"] == []
    (line,) = (each for each in board["townships"] if each["unit"] == TOWNSHIP)
    assert (line["state"], line["seq"]) == ("received", 1)


def test_verify_ends_with_0_only_for_an_acceptable_package(run: Run, pair: Pair, tmp_path: Path) -> None:
    sample, city, stick = pair
    first = Path(run("--data", sample, "handoff", "pack", stick, "--json").json["file"])
    gap = run("--data", sample, "handoff", "pack", stick, "--json").json["file"]
    damaged = tmp_path / "damaged.tybs"
    content = bytearray(first.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    run("--data", city, "handoff", "merge", first)
    run("--data", sample, "handoff", "pack", stick)
    late = run("--data", sample, "handoff", "pack", stick, "--json").json["file"]

    found = {
        name: run("--data", city, "handoff", "verify", path, "--json")
        for name, path in {"next": gap, "damaged": damaged, "late": late, "first": first}.items()
    }

    assert {name: (ended.json["code"], ended.status) for name, ended in found.items()} == {
        "next": ("ok", 0),
        "damaged": ("damaged", 5),
        "late": ("gap", 3),
        "first": ("unchanged", 4),
    }
    assert all(ended.json["message"] and ended.json["advice"] for ended in found.values())


def test_nothing_is_believed_that_nobody_compared(run: Run, sample: Path, city: Path, stick: Path) -> None:
    run("--data", sample, "handoff", "keys", "--new")
    run("--data", city, "handoff", "keys", "--new")
    enrolment = run("--data", sample, "handoff", "enrol", "--to", stick, "--json").json["file"]

    only_listed = run("--data", city, "handoff", "enrol", enrolment)
    wrong = run("--data", city, "handoff", "enrol", enrolment, "--compared", "0000 0000 0000")
    root = run("--data", city, "handoff", "root", "--to", stick, "--json").json
    blind = run("--data", sample, "handoff", "root", root["file"])

    assert "还没有采用" in only_listed.out
    assert wrong.status == blind.status == 1
    assert "打电话与对方逐组核对" in wrong.err
    assert "打电话与对方逐组核对" in blind.err
    assert root["townships"] == []
    assert run("--data", sample, "handoff", "status", "--json").json["standing"] == "no_root"


def test_a_lost_key_is_told_in_its_own_words_and_sends_nothing_more(run: Run, pair: Pair) -> None:
    sample, city, stick = pair
    fingerprint = run("--data", sample, "handoff", "keys", "--json").json["unit"]["fingerprint"]
    package = run("--data", sample, "handoff", "pack", stick, "--json").json["file"]

    root = run("--data", city, "handoff", "root", "--lost", fingerprint, "--to", stick, "--json").json
    run("--data", sample, "handoff", "root", root["file"])
    standing = run("--data", sample, "handoff", "keys", "--json").json
    refused = run("--data", sample, "handoff", "pack", stick)
    on_the_way = run("--data", city, "handoff", "verify", package, "--json")

    assert root["townships"][0]["status"] == "lost"
    assert standing["standing"] == "lost"
    assert refused.status == 1
    assert "已按丢失挂失" in refused.err
    assert (on_the_way.status, on_the_way.json["code"]) == (5, "revoked_key")


def test_a_new_key_of_the_city_needs_no_telephone(run: Run, pair: Pair) -> None:
    sample, city, stick = pair

    run("--data", city, "handoff", "keys", "--new")
    root = run("--data", city, "handoff", "root", "--to", stick, "--json").json
    taken = run("--data", sample, "handoff", "root", root["file"], "--json")
    package = run("--data", sample, "handoff", "pack", stick, "--json").json["file"]

    assert taken.json["version"] == root["version"] == 2
    assert run("--data", city, "handoff", "verify", package, "--json").json["code"] == "ok"


def test_what_comes_down_is_shown_taken_and_taken_back(run: Run, pair: Pair) -> None:
    sample, city, stick = pair
    list_ = workbook(
        stick / "区划.xlsx",
        ["代码", "名称", "类型", "上级"],
        [["421081106299", "新设村村委会", "村", "421081106000"]],
    )
    with opened(city, level="city") as office:
        office.divisions.load_workbook(list_)
        office.health.set_rule("R5", limits={"months": 9})

    down = run("--data", city, "handoff", "down", "--to", stick, "--json").json
    shown = run("--data", sample, "handoff", "down", down["file"], "--dry-run")
    taken = run("--data", sample, "handoff", "down", down["file"], "--json").json
    again = run("--data", sample, "handoff", "down", down["file"], "--json").json
    undone = run("--data", sample, "undo")
    back = run("--data", sample, "handoff", "down", down["file"], "--dry-run", "--json").json

    assert "新设村村委会（421081106299）：没有 → 新增" in shown.out
    assert "6 个月 → 9 个月" in shown.out
    assert taken["taken"] == len(taken["changes"]) == 2
    assert again["changes"] == []
    assert undone.status == 0
    assert back["changes"] == taken["changes"]


def test_an_older_version_of_what_comes_down_is_refused(run: Run, pair: Pair) -> None:
    sample, city, stick = pair
    old = run("--data", city, "handoff", "down", "--to", stick, "--json").json["file"]
    new = run("--data", city, "handoff", "down", "--to", stick, "--json").json["file"]
    run("--data", sample, "handoff", "down", new)

    ended = run("--data", sample, "handoff", "down", old)

    assert ended.status == 1
    assert "比已经接收的旧" in ended.err


def test_a_restored_office_begins_a_new_epoch(run: Run, pair: Pair) -> None:
    sample, city, stick = pair
    made = run("--data", sample, "backup")
    (backup,) = (path for path in (sample / "backups").glob("*.tybak") if f"“{path}”" in made.out)
    first = run("--data", sample, "handoff", "pack", stick, "--json").json
    run("--data", city, "handoff", "merge", first["file"])

    run("--data", sample, "restore", backup)
    restored = run("--data", sample, "handoff", "pack", stick, "--json").json
    verdict = run("--data", city, "handoff", "verify", restored["file"], "--json")
    refused = run("--data", city, "handoff", "merge", restored["file"])
    merged = run("--data", city, "handoff", "merge", restored["file"], "--confirmed")

    assert restored["sent"]["epoch"] > first["sent"]["epoch"]
    assert restored["sent"]["seq"] == 1
    assert (verdict.status, verdict.json["code"]) == (3, "restored")
    assert refused.status == 1
    assert "请打电话向该单位核实" in refused.err
    assert merged.status == 0


def test_a_package_that_fails_holds_up_no_other_and_the_report_tells_what_was_merged(
    run: Run, pair: Pair, tmp_path: Path
) -> None:
    sample, city, stick = pair
    package = Path(run("--data", sample, "handoff", "pack", stick, "--json").json["file"])
    cut, report = tmp_path / "cut.tybs", tmp_path / "report.pdf"
    cut.write_bytes(package.read_bytes()[:-40])

    only_cut = run("--data", city, "handoff", "merge", cut, "--report", report, "--json")
    none = report.exists()
    both = run("--data", city, "handoff", "merge", cut, package, "--report", report, "--json")

    assert (only_cut.status, only_cut.json, none) == (1, [], False)
    assert both.status == 1
    assert [each["file"] for each in both.json] == [package.name]
    assert "cut.tybs：文件不完整" in both.err
    with pypdfium2.PdfDocument(report) as document:
        text = document[0].get_textpage().get_text_bounded()
    assert "东升镇" in text
    assert "第 1 号" in text


def test_what_needs_a_telephone_call_names_the_option_that_goes_on(run: Run, pair: Pair) -> None:
    sample, city, stick = pair
    first, _lost, late = (
        run("--data", sample, "handoff", "pack", stick, "--json").json["file"] for _ in range(3)
    )
    run("--data", city, "handoff", "merge", first)

    planned = run("--data", city, "handoff", "plan", late)
    merged = run("--data", city, "handoff", "merge", late)
    confirmed = run("--data", city, "handoff", "merge", late, "--confirmed")

    assert (planned.status, merged.status, confirmed.status) == (1, 1, 0)
    assert "核实后加 --confirmed" in planned.err
    assert "核实后加 --confirmed" in merged.err


def test_the_brake_names_the_option_that_removes(run: Run, pair: Pair) -> None:
    sample, city, stick = pair
    run(
        "--data",
        city,
        "handoff",
        "merge",
        run("--data", sample, "handoff", "pack", stick, "--json").json["file"],
    )
    with opened(sample, filled=True) as office:
        records = Records(office._store)
        with office._store.change("删去"):
            records.delete(TermOfOffice, [term.id for term in records.select(TermOfOffice)[::2]])
    package = run("--data", sample, "handoff", "pack", stick, "--json").json["file"]

    braked = run("--data", city, "handoff", "merge", package)
    removed = run("--data", city, "handoff", "merge", package, "--remove")

    assert (braked.status, removed.status) == (1, 0)
    assert "请打电话向报送单位核实" in braked.err
    assert "属实时加 --remove" in braked.err


def test_a_package_is_no_enrolment_and_the_words_say_what_it_is(run: Run, pair: Pair) -> None:
    sample, city, stick = pair
    package = run("--data", sample, "handoff", "pack", stick, "--json").json["file"]

    ended = run("--data", city, "handoff", "enrol", package)

    assert ended.status == 1
    assert "这是报送包，不是登记文件。请选登记文件。" in ended.err


def test_receipts_are_the_citys_and_of_units_that_there_are(run: Run, pair: Pair) -> None:
    sample, city, stick = pair

    of_township = run("--data", sample, "handoff", "receipt", "--to", stick)
    of_nobody = run("--data", city, "handoff", "receipt", "--to", stick, "--unit", "999")

    assert of_township.status == of_nobody.status == 1
    assert "这一步由市里做" in of_township.err
    assert "没有代码为 999 的单位" in of_nobody.err


def test_an_empty_office_hands_over_nothing(run: Run, office: Path, stick: Path) -> None:
    ended = run("--data", office, "handoff", "pack", stick, "--dry-run", "--json")

    assert ended.status == 1
    assert [each["words"].partition("。")[0] for each in ended.json["doubts"] if each["blocking"]] == [
        "本机还没有密钥",
        "没有可以报送的记录，请先录入或导入",
    ]
    assert not list(stick.iterdir())


def test_packages_of_one_township_are_merged_in_the_order_of_their_numbers(run: Run, pair: Pair) -> None:
    sample, city, stick = pair
    first, second = (run("--data", sample, "handoff", "pack", stick, "--json").json["file"] for _ in range(2))

    merged = run("--data", city, "handoff", "merge", second, first)

    assert merged.status == 0
    assert [line.partition("：")[0] for line in merged.out.splitlines()] == [
        Path(first).name,
        Path(second).name,
    ]


def test_a_package_that_was_merged_is_not_planned_against_what_came_after_it(run: Run, pair: Pair) -> None:
    sample, city, stick = pair
    first = run("--data", sample, "handoff", "pack", stick, "--json").json["file"]
    with opened(sample, filled=True) as office:
        records = Records(office._store)
        with office._store.change("删去"):
            records.delete(TermOfOffice, [records.select(TermOfOffice)[0].id])
    second = run("--data", sample, "handoff", "pack", stick, "--json").json["file"]

    shown = run("--data", city, "handoff", "plan", first, "--json").json
    run("--data", city, "handoff", "merge", first)
    going = run("--data", city, "handoff", "plan", second)
    run("--data", city, "handoff", "merge", second)
    again = run("--data", city, "handoff", "plan", first)

    assert shown["removed"] == []
    assert "  删除　任职：" in going.out
    assert any(post in going.out for post in ("书记", "委员", "主任"))
    assert again.status == 0
    assert again.out.startswith("已导入，无变化（")
    assert "新增" not in again.out


def test_a_city_is_told_that_enrolments_come_from_townships(run: Run, pair: Pair) -> None:
    ended = run("--data", pair.city, "handoff", "enrol", "--to", pair.stick)

    assert ended.status == 1
    assert "本机是市里的数据" in ended.err
    assert list(pair.stick.iterdir()) == []


def test_a_city_does_not_forget_whom_it_believes(run: Run, pair: Pair) -> None:
    ended = run("--data", pair.city, "handoff", "root", "--forget")

    assert ended.status == 1
    assert "这一步由乡镇做" in ended.err
    assert run("--data", pair.city, "handoff", "root", "--json").json["townships"]


def test_a_plan_tells_what_is_written_and_how_much_of_it_the_city_had_changed_too(
    run: Run, pair: Pair
) -> None:
    sample, city, stick = pair
    pack = ("--data", sample, "handoff", "pack", stick, "--json")
    run("--data", city, "handoff", "merge", run(*pack).json["file"])
    for folder, post in ((sample, "13"), (city, "12")):
        office = Office.open(folder, PASSWORD)
        records = Records(office._store)
        term = min(records.select(TermOfOffice, post="11"), key=lambda each: each.id)
        with office._store.change("改"):
            records.update(TermOfOffice, term.id, post=post)
        office.release()

    planned = run("--data", city, "handoff", "plan", run(*pack).json["file"])

    first, *registers = planned.out.splitlines()[1:]
    assert first.startswith("新增 0　修改 1　删除 0（其中市里也改过的 1，采用报来值）　未变 ")
    assert registers == ["  任职　新增 0　修改 1　删除 0（其中市里也改过的 1，采用报来值）"]
