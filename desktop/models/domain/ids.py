"""Record ids: UUIDv7 text (RFC 9562), made once, in the order of time, the same on every township's PC."""

from __future__ import annotations

import os
import time

_last = 0


def new_id() -> str:
    """A new id; ids made one after another in this process sort in that order."""
    global _last
    _last = max(time.time_ns() // 244, _last + 1)  # 12 bits below the millisecond
    random = int.from_bytes(os.urandom(8), "big") >> 2
    moment, fraction = divmod(_last * 244, 1_000_000)
    bits = (moment << 80) | (0x7 << 76) | ((fraction * 4096 // 1_000_000) << 64) | (0b10 << 62) | random
    text = f"{bits:032x}"  # a UUID of its own would take thrice the time
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
