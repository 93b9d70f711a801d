"""Steps that nothing can come between: a lock that goes with its process, and the exchange of two folders."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path
from typing import IO

_EXCHANGE = {"linux": ("renameat2", 2), "darwin": ("renameatx_np", 2)}
"""What a system calls the exchange of two names, and the flag that asks for it."""

_HERE = {"linux": -100, "darwin": -2}
"""AT_FDCWD: names are relative to the working folder."""


def lock(stream: IO[bytes]) -> bool:
    """Lock an open file, or say that another process holds it; closing it or a killed process lets go of it.

    Raises
    ------
    OSError
        The file system has no locks.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            stream.seek(0)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
            return False
        raise
    return True


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, or say that the system or its file system cannot."""
    name, flag = _EXCHANGE.get(sys.platform, ("", 0))
    rename = getattr(ctypes.CDLL(None), name, None) if name else None
    here = ctypes.c_int(_HERE.get(sys.platform, 0))
    return rename is not None and not rename(
        here, os.fsencode(one), here, os.fsencode(other), ctypes.c_uint(flag)
    )
