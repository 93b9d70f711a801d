"""The manifest in a PPTX: nothing hides in the archive, and a damaged one is no error."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from geo.briefing.briefing import Briefing
from geo.provenance.manifest import build_manifest
from tests.made_up.blanks import build_pptx
from tests.made_up.sealing import read_sealed, seal_as

CUSTOM = "docProps/custom.xml"


def _read(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _write(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def _append(data: bytes) -> bytes:
    return data + b"\n"


def _add_comment(data: bytes) -> bytes:
    return data[:-2] + b"\x05\0hello"


def _add_second_slide_size(data: bytes) -> bytes:
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("ppt/presentation2.xml", archive.read("ppt/presentation.xml"))
    return stream.getvalue()


def _add_property(data: bytes) -> bytes:
    extra = b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="900" name="x"><vt:i4>1</vt:i4></property>'
    return _write(
        {**_read(data), CUSTOM: _read(data)[CUSTOM].replace(b"</Properties>", extra + b"</Properties>")}
    )


def _drop_part(data: bytes) -> bytes:
    return _write({name: part for name, part in _read(data).items() if "theme" not in name})


def _rename_part(data: bytes) -> bytes:
    return _write({name.replace("theme1", "theme9"): part for name, part in _read(data).items()})


def _break_compressed_part(data: bytes) -> bytes:
    at = data.index(b"ppt/presentation.xml") + 60
    return data[:at] + bytes(byte ^ 0xFF for byte in data[at : at + 40]) + data[at + 40 :]


def _flag_as_encrypted(data: bytes) -> bytes:
    return data.replace(b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\x01\0")


def _name_unknown_method(data: bytes) -> bytes:
    return data.replace(b"PK\x01\x02\x14\x03\x14\0\0\0\x08", b"PK\x01\x02\x14\x03\x14\0\0\0\x63")


PPTX_CHANGES = (
    _append,
    _add_comment,
    _add_second_slide_size,
    _add_property,
    _drop_part,
    _rename_part,
    _break_compressed_part,
    _flag_as_encrypted,
    _name_unknown_method,
)


@pytest.mark.parametrize("change", PPTX_CHANGES)
def test_nothing_hides_in_an_archive(briefing: Briefing, change: Callable[[bytes], bytes]) -> None:
    """What is appended, added as a part or a property, or damaged: found out without an error, and still ours."""
    data = seal_as("pptx", build_pptx(), build_manifest(briefing))
    assert change(data) != data
    sealed = read_sealed(change(data))
    assert sealed is not None
    assert sealed.is_unchanged is False
    assert sealed.manifest["scenarios"][0]["id"] == briefing.scenario.id


def test_a_damaged_archive_of_others_is_no_error(briefing: Briefing) -> None:
    """Where the manifest's own part cannot be unpacked there is none."""
    parts = _read(seal_as("pptx", build_pptx(), build_manifest(briefing)))
    whole = _write({CUSTOM: parts[CUSTOM]})
    saved_again = read_sealed(whole)
    assert saved_again is not None
    assert saved_again.is_unchanged is False
    for position in range(30, len(whole), 3):
        read_sealed(whole[:position] + bytes([whole[position] ^ 0xA5]) + whole[position + 1 :])
    for change in (_flag_as_encrypted, _name_unknown_method):
        assert read_sealed(change(whole)) is None


def test_a_change_in_any_part_is_found_out(briefing: Briefing) -> None:
    """Each part counts, the list of types and the properties of the document among them."""
    parts = _read(seal_as("pptx", build_pptx(), build_manifest(briefing)))
    for name, part in parts.items():
        sealed = read_sealed(_write({**parts, name: part + b" "}))
        assert sealed is not None
        assert sealed.is_unchanged is False, name


def test_a_cut_file_is_found_out(briefing: Briefing) -> None:
    """However little is missing at the end, the seal does not hold."""
    data = seal_as("pptx", build_pptx(), build_manifest(briefing))
    for length in (len(data) - 1, len(data) - 30, len(data) // 2):
        sealed = read_sealed(data[:length])
        assert sealed is None or sealed.is_unchanged is False
