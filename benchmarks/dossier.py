"""A dossier with 2,000 photos of “8+N”: its time against the single ledgers, its memory against a tenth of the photos."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.structure import CITY, PASSWORD, TODAY
from desktop.models.domain.ids import new_id
from desktop.models.registers.checklist import MET
from desktop.models.registers.new_sector import PartyBranch
from desktop.models.registers.person_file import PHOTO
from desktop.models.services.dossiers import DossierRequest
from desktop.models.services.ledgers import LedgerRequest
from desktop.models.services.new_files import NewFile
from desktop.office import Office

if TYPE_CHECKING:
    from benchmarks.__main__ import Measured

MANY, FEW = 2_000, 200  # photos
_EACH = 20  # of an organisation
PERIOD = "2026H2"
LEDGERS = ("structure", "organizations", "coverage", "checklist-overview", "checklist", "rectification")


def measure() -> Iterator[Measured]:
    """Yield time and memory, each from a process of its own; memory is in megabytes at the highest."""
    with TemporaryDirectory() as name:
        for number in (FEW, MANY):
            office, _ = Office.create(
                Path(name) / str(number), unit_code=CITY, level="city", password=PASSWORD
            )
            fill(office, number)
            office.close(backup=False)
        many, few = (_ran(Path(name) / str(number), "together") for number in (MANY, FEW))
        single = _ran(Path(name) / str(MANY), "single")
        size = f"{MANY:,} photos, {many['written']:.0f} MB"
        yield f"a dossier of {size}, against its ledgers one by one", many["seconds"], single["seconds"], 1.6
        words = f"its memory at the highest (MB), against that with {FEW} photos"
        yield words, many["megabytes"], few["megabytes"], 1.15


def fill(office: Office, photos: int) -> None:
    """Give an office party organisations whose checklists have so many photos, no two alike."""
    from desktop.models.database.records import Records

    branches = [
        PartyBranch(id=new_id(), division_code=office.unit.code, name=f"第{number}联合党支部")
        for number in range(photos // _EACH)
    ]
    with office._store.change("测速"):
        Records(office._store).insert_many(branches)
    for number, branch in enumerate(branches):
        cells = office.checklists.row(branch.id, PERIOD, TODAY).items
        office.checklists.set_status([cell.key for cell in cells], MET, TODAY)
        seeds = range(number * _EACH, (number + 1) * _EACH)
        files = [
            NewFile(id=new_id(), name=f"{seed}.jpg", content=_photo(seed), purpose=PHOTO) for seed in seeds
        ]
        office.checklists.add_photos(cells[0].key, files, office.attachments, TODAY)


def _photo(seed: int) -> bytes:
    """A JPEG of 1600 pixels with soft colors and grain, quicker made than that of ``benchmarks.photos``."""
    from PIL import Image

    chance = random.Random(seed)
    grain = Image.frombytes("RGB", (160, 120), chance.randbytes(160 * 120 * 3))
    file = BytesIO()
    grain.resize((1600, 1200), Image.Resampling.BILINEAR).save(file, "JPEG", quality=80)
    return file.getvalue()


# in a process of its own


def _ran(folder: Path, how: str) -> dict[str, float]:
    """What ``_measured`` says of an office, in a process that has done nothing else."""
    command = [sys.executable, "-m", "benchmarks.dossier", str(folder), how]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    found: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return found


def _measured(folder: Path, how: str) -> dict[str, float]:
    """Seconds, megabytes of memory at the highest and of the file, of a dossier or of its ledgers one by one."""
    office = Office.open(folder, PASSWORD)
    with TemporaryDirectory() as name:
        path = Path(name) / "dossier.pdf"
        if how == "together":
            asked = DossierRequest(title="备检", ledgers=LEDGERS, on=TODAY)
            took = _busy(partial(office.dossiers.write, asked, path))
        else:
            took = _busy(partial(_one_by_one, office, path))
        return {"seconds": took, "megabytes": _highest(), "written": path.stat().st_size / 1e6}


def _one_by_one(office: Office, path: Path) -> None:
    """Write the same ledgers as files of their own; the photos of a thousand fit into one of them."""
    for name in LEDGERS:
        request = LedgerRequest(name, TODAY)
        keys = [each.id for each in office.ledgers.subjects(request)]
        half = len(keys) // 2
        for of in (keys[:half], keys[half:]) if keys else ((),):
            office.ledgers.write(replace(request, of=tuple(of)), path)


def _busy(act: Callable[[], object]) -> float:
    """Seconds of the processor: too long for turns, and the machine is shared."""
    started = time.process_time()
    act()
    return time.process_time() - started


def _highest() -> float:
    import resource  # POSIX only

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    print(json.dumps(_measured(Path(sys.argv[1]), sys.argv[2])))
