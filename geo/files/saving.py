"""Bytes reach the disk whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from geo.errors import OutputError

_UMASK = threading.Lock()  # it can only be read by setting it, and threads share it


def save_bytes(data: bytes, file: Path, *, make_folder: bool = True) -> None:
    """Write a file atomically, making its folder if need be, unless that is to be an error.

    The bytes go to a temporary file beside the target, are flushed to the disk and then take the target's place in one
    step, so a full disk, a crash or a folder without permission leaves the old file as it was.

    Raises
    ------
    OutputError
        If the folder cannot be made or the file cannot be written.
    """
    save_stream(lambda temporary: _write(data, temporary), file, make_folder=make_folder)


def save_stream(write: Callable[[Path], None], file: Path, *, make_folder: bool = True) -> None:
    """Write a file atomically as `save_bytes` does, ``write`` filling the temporary file that it is given.

    Raises
    ------
    OutputError
        If the folder cannot be made or the file cannot be written.
    """
    target = Path(os.path.realpath(file))  # a link stays a link, its target is replaced
    temporary: Path | None = None
    descriptor: int | None = None
    try:
        _refuse_special(target)
        if make_folder:
            target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.", suffix=".part")
        temporary = Path(name)
        write(temporary)
        os.fsync(descriptor)
        temporary.chmod(_mode_of(target))
        temporary.replace(target)
    except OSError as error:
        reason = error.strerror or str(error)
        is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        remedy = (
            "free some space, or choose another folder with --out"
            if is_full
            else "choose another place with --out"
        )
        raise OutputError(
            f"{file}: could not be written: {reason}. What stood there before is unchanged; {remedy}."
        ) from error
    finally:
        if descriptor is not None:
            os.close(descriptor)
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _refuse_special(target: Path) -> None:
    """Raise where something stands that is no file: taking its place would destroy a folder, a device or a pipe."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder of that name is there")
    if target.exists() and not target.is_file():
        raise FileExistsError(errno.EEXIST, "what stands there is a device or a pipe, not a file")


def _write(data: bytes, temporary: Path) -> None:
    temporary.write_bytes(data)


def _mode_of(target: Path) -> int:
    """Return the permissions to give: those of the file being replaced, or what the umask leaves for a new one."""
    if target.exists():
        return target.stat().st_mode & 0o777
    with _UMASK:
        umask = os.umask(0)
        os.umask(umask)
    return 0o666 & ~umask
