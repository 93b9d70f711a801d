"""The manifest in a PPTX: nothing hides in the archive, and a damaged one is no error."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from geo import provenance
from geo.briefing.briefing import Briefing
from tests.made_up.blanks import build_pptx


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
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, old.read(entry).replace(b"</Properties>", extra + b"</Properties>"))
    return stream.getvalue()


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
    _break_compressed_part,
    _flag_as_encrypted,
    _name_unknown_method,
)


@pytest.mark.parametrize("change", PPTX_CHANGES)
def test_nothing_hides_in_an_archive(briefing: Briefing, change: Callable[[bytes], bytes]) -> None:
    """What is appended, added as a part or a property, or damaged: found out without an error, and still ours."""
    data = provenance.seal_bytes(build_pptx(), "pptx", provenance.build_manifest(briefing))
    assert change(data) != data
    sealed = provenance.read_manifest(change(data))
    assert sealed is not None
    assert sealed.is_unchanged is False
    assert sealed.manifest["scenarios"][0]["id"] == briefing.scenario.id


def test_a_damaged_archive_of_others_is_no_error(briefing: Briefing) -> None:
    """Where the manifest's own part cannot be unpacked there is none."""
    sealed = provenance.seal_bytes(build_pptx(), "pptx", provenance.build_manifest(briefing))
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sealed)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        archive.writestr("docProps/custom.xml", old.read("docProps/custom.xml"))
    whole = stream.getvalue()
    saved_again = provenance.read_manifest(whole)
    assert saved_again is not None
    assert saved_again.is_unchanged is False
    for position in range(30, len(whole), 3):
        provenance.read_manifest(whole[:position] + bytes([whole[position] ^ 0xA5]) + whole[position + 1 :])
    for change in (_flag_as_encrypted, _name_unknown_method):
        assert provenance.read_manifest(change(whole)) is None
