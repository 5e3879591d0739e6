"""Lets the program verify bad packages, and watches that it opens none before the signature holds."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO
from unittest.mock import patch

from desktop.models.handoff import envelope, sealing
from desktop.models.handoff.codes import Code, Standing
from desktop.models.handoff.package import opened
from desktop.models.handoff.verifying import verify
from faults.packages import Fault, bad_packages
from faults.scene import Scene

EVERY_SO_OFTEN = 1000  # a good package between the bad ones, so that a program that refuses all does not pass


@dataclass
class Tally:
    """What was found."""

    groups: dict[str, Counter[Code]] = field(default_factory=dict)
    misnamed: list[tuple[str, Code]] = field(default_factory=list)
    tried: int = 0
    taken: int = 0
    opened_early: int = 0
    good: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether all bad ones were found out by their right name, and the good ones taken."""
        return not (self.taken or self.misnamed or self.opened_early) and self.good > 0


def try_all(scene: Scene, path: Path, faults: Iterable[Fault] | None = None) -> Tally:
    """Verify each bad package, or all that there are, as a file at ``path``."""
    tally = Tally()
    with _openings() as openings, path.open("wb") as file:
        for fault in bad_packages(scene) if faults is None else faults:
            if tally.tried % EVERY_SO_OFTEN == 0:
                _put(file, scene.good.data)
                _try_good(scene, path, tally)
                openings.clear()
            _put(file, fault.data)
            code = verify(path, scene.trust, scene.taken).code
            tally.tried += 1
            tally.taken += code.standing is Standing.TAKE
            tally.opened_early += openings.total()
            tally.groups.setdefault(fault.group, Counter())[code] += 1
            if code not in fault.codes:
                tally.misnamed.append((fault.group, code))
            openings.clear()
    return tally


def _put(file: BinaryIO, data: bytes) -> None:
    """Over what is there: emptying a file first makes some file systems write it to the disk each time."""
    file.seek(0)
    file.write(data)
    file.truncate()
    file.flush()


def _try_good(scene: Scene, path: Path, tally: Tally) -> None:
    verdict = verify(path, scene.trust, scene.taken)
    if verdict.code is Code.OK and verdict.envelope:
        with opened(verdict.envelope, scene.trust.keys) as content:
            rows, attachments = len(list(content.rows())), len(list(content.attachments()))
        tally.good += (rows, attachments) == (30, 1)


@contextmanager
def _openings() -> Iterator[Counter[str]]:
    """Count what opens or unpacks content. Of a package, verifying does neither, good or bad."""
    counts: Counter[str] = Counter()

    def counted(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            counts[name] += 1
            return real(*given, **named)

        return call

    with (
        patch("desktop.models.handoff.package.open_cipher", counted("key", sealing.open_cipher)),
        patch.object(sealing.Cipher, "open", counted("frame", sealing.Cipher.open)),
        patch("desktop.models.handoff.package.frames_of", counted("frames", envelope.frames_of)),
        patch("zlib.decompressobj", counted("unpacked", zlib.decompressobj)),
    ):
        yield counts
