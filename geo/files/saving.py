"""Bytes reach the disk whole or not at all."""

from __future__ import annotations

import errno
import functools
import os
import platform
import re
import shutil
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from geo.errors import OutputError

_UMASK = threading.Lock()  # it can only be read by setting it, and threads share it
_HOST = f"{zlib.crc32(platform.node().encode()):08x}"  # a folder may be shared by machines
_OURS = re.compile(r"\..*\.geo-(?P<host>[0-9a-f]{8})-(?P<process>\d{1,9})-[a-z0-9_]{8}\.part", re.DOTALL)
_DAY_S = 86_400
_NO_NAMES = re.compile(
    r"(con|prn|aux|nul|com\d|lpt\d)[ ]*(\..*)?|.*[<>:\"|?*\\\x00-\x1f].*|.*[. ]", re.DOTALL | re.IGNORECASE
)
"""What no file on Windows can be called."""


def is_portable(name: str) -> bool:
    """Ask whether a file can have this name on every system that a map may be sent to."""
    return _NO_NAMES.fullmatch(name) is None


def save_bytes(data: bytes, file: Path, *, make_folder: bool = True, option: str = "--out") -> None:
    """Write a file atomically, making its folder if need be, unless that is to be an error.

    The bytes go to a temporary file beside the target, are flushed to the disk and then take the target's place in one
    step, so a full disk, a crash or a folder without permission leaves the old file as it was. ``option`` is what
    chooses another place, for messages.

    Raises
    ------
    OutputError
        If the folder cannot be made or the file cannot be written.
    """
    save_stream(lambda temporary: _write(data, temporary), file, make_folder=make_folder, option=option)


def save_stream(
    write: Callable[[Path], None], file: Path, *, make_folder: bool = True, option: str = "--out"
) -> None:
    """Write a file atomically as `save_bytes` does, ``write`` filling the temporary file that it is given.

    Raises
    ------
    OutputError
        If the folder cannot be made or the file cannot be written.
    """
    refuse_odd_name(file)
    target = Path(os.path.realpath(file))  # a link stays a link, its target is replaced
    temporary: Path | None = None
    try:
        _refuse_special(target)
        if make_folder:
            target.parent.mkdir(parents=True, exist_ok=True)
        collect_litter(target.parent)
        descriptor, name = tempfile.mkstemp(**_name(target.parent, target.name[:40]))
        temporary = Path(name)
        os.close(descriptor)  # where Windows runs, an open file cannot take another's place
        write(temporary)
        with temporary.open("r+b") as written:
            os.fsync(written.fileno())
        temporary.chmod(_mode_of(target))
        temporary.replace(target)
    except OSError as error:
        reason = error.strerror or str(error)
        remedy = (
            f"free some space, or choose another folder with {option}"
            if error.errno in (errno.ENOSPC, errno.EDQUOT)
            else f"choose another place with {option}"
        )
        raise OutputError(
            f"{file}: could not be written: {reason}. What stood there before is unchanged; {remedy}."
        ) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


@contextmanager
def make_scratch() -> Iterator[Path]:
    """Yield a folder for temporary files that goes afterwards; after a kill, the next call removes it.

    Raises
    ------
    OutputError
        There is no place for temporary files.
    """
    try:
        collect_litter(Path(tempfile.gettempdir()))
        scratch = tempfile.TemporaryDirectory(**_name(Path(tempfile.gettempdir()), ""))
    except OSError as error:
        raise OutputError(
            f"Temporary files could not be written: {error.strerror or error}. Set TMPDIR to another folder."
        ) from error
    with scratch as folder:
        yield Path(folder)


def refuse_odd_name(file: Path) -> None:
    """Raise where a file to be written would have a name that is none on Windows.

    Raises
    ------
    OutputError
        It would.
    """
    if not is_portable(file.name):
        raise OutputError(
            f"{file}: a file of that name cannot be saved or opened on Windows. Choose another name, without "
            '< > : " | ? * \\ and without a point or blank at its end.'
        )


@functools.cache
def collect_litter(folder: Path) -> None:
    """Remove what killed runs of this program left in a folder: exact names of ours, of processes that are gone.

    It is done once for each folder, for a run may write thousands of files into one.
    """
    for path in folder.iterdir():
        owner = _OURS.fullmatch(path.name)
        if owner is None or owner["host"] != _HOST or not _is_abandoned(path, int(owner["process"])):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()


def _name(folder: Path, name: str) -> dict[str, Any]:
    """Return how the standard library is to call a temporary file or folder, so that `collect_litter` knows it."""
    return {"dir": folder, "prefix": f".{name}.geo-{_HOST}-{os.getpid()}-", "suffix": ".part"}


def _is_abandoned(path: Path, process: int) -> bool:
    """Tell whether the process that made a temporary file is gone."""
    if sys.platform == "win32":  # there, asking for a process would end it
        return time.time() - path.lstat().st_mtime > _DAY_S
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except OSError:
        pass
    return False


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
