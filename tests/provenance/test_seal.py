"""The manifest inside each format: there, read back, and telling when the content was changed."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader

from geo.briefing.briefing import Briefing
from geo.provenance.manifest import build_manifest, dump_manifest
from geo.renderers.formats import FORMATS
from tests.made_up.blanks import BLANKS, TITLE
from tests.made_up.sealing import read_sealed, seal_as


@pytest.fixture(params=BLANKS)
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_what_goes_in_comes_out(form: str, briefing: Briefing) -> None:
    """The manifest is read back as it was, from any format, and the content is unchanged."""
    manifest = build_manifest(briefing)
    sealed = read_sealed(seal_as(form, BLANKS[form](), manifest))
    assert sealed is not None
    assert sealed.is_unchanged
    assert {key: value for key, value in sealed.manifest.items() if key != "seal"} == manifest


def test_same_input_same_bytes(form: str, briefing: Briefing) -> None:
    """Sealing twice gives the same file."""
    data, manifest = BLANKS[form](), build_manifest(briefing)
    assert seal_as(form, data, manifest) == seal_as(form, data, manifest)


def test_a_changed_figure_in_the_manifest_breaks_the_seal(form: str, briefing: Briefing) -> None:
    """Whoever edits a number in the manifest, its own checksums included, is found out."""
    manifest = build_manifest(briefing)
    sealed = read_sealed(seal_as(form, BLANKS[form](), manifest))
    assert sealed is not None
    container = FORMATS[form].container
    assert container is not None
    edited = {**sealed.manifest, "front": {**sealed.manifest["front"], "as_of": "2024-01-01"}}
    again = read_sealed(container.embed(BLANKS[form](), dump_manifest(edited)))
    assert again is not None
    assert not again.is_unchanged


def test_changed_content_breaks_the_seal(form: str, briefing: Briefing) -> None:
    """The manifest of one file moved into another does not fit there."""
    data = seal_as(form, BLANKS[form](), build_manifest(briefing))
    sealed = read_sealed(data)
    assert sealed is not None
    changes: dict[str, Callable[[bytes], bytes]] = {
        "html": lambda old: old.replace(b"Map", b"Mop"),
        "svg": lambda old: old.replace(b"M0 0", b"M0 1"),
        "png": lambda old: old.replace(b"IDAT", b"iDAT"),
        "pdf": lambda old: old.replace(b"/Pages", b"/Poges", 1),
        "pptx": lambda old: _change_part(old, b"9144000", b"9144001"),
        "gpkg": lambda old: old.replace(b"Map", b"Mop"),
        "geojson": lambda old: old.replace(b"Map", b"Mop"),
        "kml": lambda old: old.replace(b"Map", b"Mop"),
        "kmz": lambda old: _change_part(old, b"Map", b"Mop"),
        "xlsx": lambda old: _change_part(old, b"Map", b"Mop"),
        "parquet": lambda old: old.replace(b"Map", b"Mop"),
        "fgb": lambda old: old.replace(b"Map", b"Mop"),
    }
    changed = read_sealed(changes[form](data))
    assert changed is not None
    assert not changed.is_unchanged


@pytest.mark.parametrize("ending", ["html", "svg", "kml", "geojson"])
def test_other_line_ends_are_a_change(ending: str, briefing: Briefing) -> None:
    """A file that an editor saved with CRLF still has its manifest, and no longer its seal."""
    data = seal_as(ending, BLANKS[ending](), build_manifest(briefing))
    changed = read_sealed(data.replace(b"\n", b"\r\n"))
    assert changed is not None
    assert not changed.is_unchanged or b"\n" not in data


def _change_part(data: bytes, old_text: bytes, new_text: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(old_text, new_text))
    return stream.getvalue()


def test_files_of_others_have_no_manifest(form: str) -> None:
    """A file without one, a torn one and noise are told apart from ours without an error."""
    for data in (
        BLANKS[form](),
        BLANKS[form]()[:40],
        b"",
        b"\x89PNG\r\n\x1a\n\xff\xff\xff\xff",
        b"PK\x03\x04nothing",
    ):
        assert read_sealed(data) is None


@pytest.mark.parametrize(
    "raw", ["{", "[]", "null", '{"program":"other"}', "[" * 100_000, '{"program":"geo-scenarios"}']
)
def test_a_broken_manifest_is_none(raw: str) -> None:
    """What only looks like a manifest is not taken for one."""
    page = f'<!doctype html><body><script type="application/json" id="geo-manifest">{raw}</script>\n</body>'
    assert read_sealed(page.encode()) is None


def test_it_stands_where_the_format_has_a_place(briefing: Briefing) -> None:
    """Pillow, an XML parser, pypdf and the archive itself find it under its name."""
    manifest = build_manifest(briefing)
    files = {form: seal_as(form, blank(), manifest) for form, blank in BLANKS.items()}
    with Image.open(io.BytesIO(files["png"])) as picture:
        picture.load()
        found = [picture.info["geo-manifest"]]
    svg = ET.fromstring(files["svg"])
    found += [element.text for element in svg.iter() if element.get("id") == "geo-manifest"]
    reader = PdfReader(io.BytesIO(files["pdf"]))
    packet = reader.trailer["/Root"]["/Metadata"].get_data()  # type: ignore[index]
    found.append(ET.fromstring(packet).find(".//{urn:geo-scenarios:manifest}manifest").text)  # type: ignore[union-attr]
    assert reader.trailer["/Root"]["/Lang"] == "en"  # type: ignore[index]
    assert reader.metadata is not None
    assert reader.metadata.title == TITLE
    with zipfile.ZipFile(io.BytesIO(files["pptx"])) as archive:
        pieces = re.findall(r"<vt:lpwstr>(.*?)</vt:lpwstr>", archive.read("docProps/custom.xml").decode())
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert max(map(len, pieces)) <= 255
    found.append("".join(pieces).replace("&quot;", '"'))
    assert len(found) == 4
    for text in found:
        assert json.loads(text)["scenarios"][0]["id"] == briefing.scenario.id
    assert len(Presentation(io.BytesIO(files["pptx"])).slides) == 0


def test_hostile_text_stays_data(make_briefing: Callable[..., Briefing]) -> None:
    """A title that looks like markup neither ends the element it stands in nor breaks the seal."""
    hostile = make_briefing(("</script></metadata>]]>&(",), "</script><script>alert(1)</script>()\\")
    manifest = build_manifest(hostile)
    for form, blank in BLANKS.items():
        data = seal_as(form, blank(), manifest)
        sealed = read_sealed(data)
        assert sealed is not None
        assert sealed.is_unchanged
        assert b"alert(1)" not in data
