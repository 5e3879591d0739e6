"""Pictures from outside are opened in a process of their own; one that breaks it does no harm to the next."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from desktop.models.registers.person_file import DOCUMENT, PHOTO
from desktop.models.services.new_files import AT_ONCE, Loose, make_all_ready
from desktop.models.services.photo_reader import PhotoReader
from desktop.models.services.photos import PictureError, prepare
from tests.models.services.pictures import HEIC, corners, photo, png, quarters, scene, seen

ODD_NAME = "𠮷_〇.jpg" if sys.platform == "win32" else "𠮷\x07〇.jpg"  # which Windows lets nobody write

_DECODERS = "{'PIL', 'pi_heif'} & set(sys.modules)"


def test_a_picture_is_made_ready_as_it_would_be_here() -> None:
    held = quarters().transpose(Image.Transpose.ROTATE_90)
    with PhotoReader() as reader:
        for content in (HEIC.read_bytes(), photo(held, turn=6), png()):
            assert reader.prepare(content, "照片") == prepare(content, "照片")
        cut = reader.prepare(photo(), "照片", portrait=True, box=(0.5, 0.0, 1.0, 0.5), quarter_turns=1)

    assert set(corners(seen(cut.content))) == {"red"}


def test_no_decoder_is_loaded_into_the_program_by_a_photo_from_a_telephone() -> None:
    program = f"""
import sys
from pathlib import Path
from desktop.models.services.new_files import make_ready
assert make_ready(Path(sys.argv[1]), "photo").taken == "2026-05-01"
print({_DECODERS})"""

    answer = subprocess.run(
        [sys.executable, "-c", program, str(HEIC)], capture_output=True, check=True, text=True
    )

    assert answer.stdout.strip() == "set()"


def test_what_does_not_come_to_an_end_is_refused_by_name_and_the_next_one_asked_anew() -> None:
    with PhotoReader(seconds=0) as reader:
        for name in ("一.jpg", "二.jpg"):
            with pytest.raises(PictureError, match=f"“{name}”0 秒还没有打开.*请"):
                reader.prepare(photo(scene(1, 3000, 2000)), name)


@pytest.mark.skipif(sys.platform == "win32", reason="a job object ends the process, with other words")
def test_a_picture_that_asks_for_too_much_memory_is_refused_by_name_and_the_next_one_taken() -> None:
    large = png(Image.new("RGBA", (8000, 8000), (10, 20, 30, 40)))
    with PhotoReader(memory_bytes=256 << 20) as reader:
        with pytest.raises(PictureError, match=r"“大\.png”(要占的内存太多|打开时意外中断).*请"):
            reader.prepare(large, "大.png")

        assert reader.prepare(photo(), "照片.jpg").size == (800, 600)


def test_of_files_dropped_together_the_good_are_taken_and_each_bad_one_told_by_name(tmp_path: Path) -> None:
    contents = {
        "好.jpg": photo(scene(1)),
        "空.jpg": b"",
        "断.jpg": photo(scene(2))[:4000],
        "文字.jpg": "会议记录".encode(),
        "炸弹.png": png(Image.new("1", (20_000, 20_000))),
        "断.heic": HEIC.read_bytes()[:700],
        ODD_NAME: photo(scene(3)),
        "手机.heic": HEIC.read_bytes(),
    }
    paths = [tmp_path / name for name in contents]
    for path, content in zip(paths, contents.values(), strict=True):
        path.write_bytes(content)
    folder, gone = tmp_path / "一批照片", tmp_path / "U盘" / "已拔出.jpg"
    folder.mkdir()

    files, refused = make_all_ready([folder, gone, *paths], PHOTO)

    assert [each.name for each in files] == ["好.jpg", "𠮷_〇.jpg", "手机.jpg"]
    assert [words.split("”")[0] for words in refused] == [
        *("“一批照片", "“已拔出.jpg", "“空.jpg", "“断.jpg", "“文字.jpg", "“炸弹.png", "“断.heic"),
    ]
    assert [words for words in refused if "请" not in words] == []


@pytest.mark.skipif(sys.platform == "win32", reason="there every name is Unicode")
def test_a_name_that_is_no_text_is_kept_as_one(tmp_path: Path) -> None:
    path = tmp_path / "\udcd5\udcd5.jpg"  # bytes of GB 18030
    path.write_bytes(photo(scene(1)))

    files, refused = make_all_ready([path], PHOTO)

    assert ([each.name for each in files], refused) == (["__.jpg"], [])


def test_beyond_so_many_files_at_once_the_others_are_left_with_words() -> None:
    same = Loose("说明.txt", b"text")

    files, refused = make_all_ready([same] * (AT_ONCE + 3), DOCUMENT)

    assert len(files) == AT_ONCE
    assert refused == ["一次最多添加 200 个文件，后面的 3 个没有添加，请分几次添加。"]
