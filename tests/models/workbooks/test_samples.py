"""The sample workbooks read exactly as they are expected to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.models.workbooks.reading import WorkbookReader
from tests.builders import SAMPLES, doubts, read, reported

_EXPECTED = sorted(SAMPLES.glob("*.expected.json"))


@pytest.mark.parametrize("expected_file", _EXPECTED, ids=lambda path: path.name[:2])
def test_each_sample_reads_as_expected(expected_file: Path, reader: WorkbookReader) -> None:
    expected = json.loads(expected_file.read_text(encoding="utf-8"))
    sample = expected_file.with_name(expected_file.name.removesuffix(".expected.json"))

    reading = read(*reader.read(sample).sheets, file=sample.name)

    rows = [reported(row) for row in reading.rows]
    assert [
        {key: row[key] for key in wanted} for row, wanted in zip(rows, expected["rows"], strict=True)
    ] == expected["rows"]
    assert doubts(reading) == {(problem["row"], problem["field"]) for problem in expected["problems"]}


def test_all_seven_samples_are_there() -> None:
    assert len(_EXPECTED) == 7
