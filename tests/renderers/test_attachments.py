"""What is attached: named for what it is, small, marked where asked, the same bytes on every run."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader

from geo import numerals
from geo.cli import main
from geo.errors import UsageError
from geo.provenance import verification
from geo.renderers import attachments, formats
from geo.renderers.formats import CONTAINERS

LIMITS = {".html": 600_000, ".png": 1_500_000, ".svg": 2_500_000, ".pdf": 600_000, ".pptx": 2_000_000}
MARKING = 'FOR EXERCISE "ONLY" </style>'


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="geo")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every format of one scenario with a marking, by ending."""
    folder = tmp_path_factory.mktemp("maps")
    wanted = ",".join(formats.find_suffixes("render"))
    result = run("render", "dnipro-line", "--format", wanted, "--marking", MARKING, "--out", str(folder))
    assert result.exit_code == 0
    return {file.suffix: file for file in folder.iterdir()}


def test_names_say_scenario_page_and_day(written: dict[str, Path]) -> None:
    """A file found in a mailbox tells what it is; the page of HTML keeps its short name."""
    assert sorted(file.name for file in written.values()) == [
        "dnipro-line.html",
        "dnipro-line_front-2025-03-27.pdf",
        "dnipro-line_front-2025-03-27.png",
        "dnipro-line_front-2025-03-27.pptx",
        "dnipro-line_front-2025-03-27.svg",
    ]


def test_every_format_is_small_enough_to_mail(written: dict[str, Path]) -> None:
    """Each is below its limit."""
    assert all(file.stat().st_size < LIMITS[ending] for ending, file in written.items())


def test_every_format_verifies_and_names_its_marking(written: dict[str, Path]) -> None:
    """What was just written holds, whatever the file is called."""
    for file in written.values():
        verdict = verification.verify_file(file, CONTAINERS)
        assert verdict.holds, file
        assert dict(verdict.shows)["marking"] == MARKING


def test_marking_stands_on_every_page(written: dict[str, Path]) -> None:
    """Top and bottom of each page of the PDF, of the slide and of the HTML, in print and on screen, as plain text."""
    for page in PdfReader(written[".pdf"]).pages:
        assert " ".join(page.extract_text().split()).count(MARKING) == 2
    slide = _first_slide(written[".pptx"])
    assert [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame].count(MARKING) == 2
    text = written[".html"].read_text(encoding="utf-8")
    assert text.count("FOR EXERCISE &#34;ONLY&#34; &lt;/style&gt;</p>") == 2
    assert MARKING not in text
    assert "@top-center" in text
    assert "@bottom-center" in text


def _first_slide(file: Path) -> Any:
    return Presentation(io.BytesIO(file.read_bytes())).slides[0]


def test_same_bytes_whatever_the_hash_seed(written: dict[str, Path], tmp_path: Path) -> None:
    """Another process with another hash seed writes the same bytes in every format."""
    command = [
        sys.executable,
        "-m",
        "geo",
        "render",
        "dnipro-line",
        "--format",
        ",".join(formats.find_suffixes("render")),
    ]
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati"}
    subprocess.run(
        [*command, "--marking", MARKING, "--out", str(tmp_path)],
        env=environment,
        check=True,
        capture_output=True,
    )
    for file in written.values():
        digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (file, tmp_path / file.name)}
        assert len(digests) == 1, file.name


def test_alternative_text_is_the_same_everywhere(written: dict[str, Path]) -> None:
    """HTML, PNG, SVG, PDF and PPTX describe the map in the same words, at both levels."""
    slide = _first_slide(written[".pptx"])
    about = next(shape for shape in slide.shapes if shape.name == "Map")._element.nvGrpSpPr.cNvPr
    short, long = about.get("title"), about.get("descr")
    metadata = PdfReader(written[".pdf"]).metadata
    assert metadata is not None
    assert metadata.subject == long
    svg = written[".svg"].read_text(encoding="utf-8")
    assert f">{short}</title>" in svg
    assert f">{long}</desc>" in svg
    page = written[".html"].read_text(encoding="utf-8")
    assert short in page
    assert numerals.bind_units(long) in page
    with Image.open(written[".png"]) as picture:
        assert (picture.info["Title"], picture.info["Description"]) == (short, long)


def test_marking_is_a_line_or_nothing() -> None:
    """Blanks are none, as is leaving it out; what does not fit a line or cannot be printed is refused."""
    assert attachments.validate_marking(None) is None
    assert attachments.validate_marking("  ") is None
    assert attachments.validate_marking(" For  exercise ") == "For exercise"
    with pytest.raises(UsageError, match="at most 100"):
        attachments.validate_marking("x" * 101)
    with pytest.raises(UsageError, match="cannot be printed"):
        attachments.validate_marking("a\u202eb")
    assert run("render", "dnipro-line", "--marking", "x" * 101).exit_code == 2


def test_unmarked_page_has_no_marking(tmp_path: Path) -> None:
    """None is invented: without the option the page has no trace of one."""
    run("render", "dnipro-line", "--out", str(tmp_path))
    page = (tmp_path / "dnipro-line.html").read_text(encoding="utf-8")
    assert 'class="marking' not in page
    assert "@top-center" not in page


def test_a_marking_is_printed_exactly_or_refused(tmp_path: Path) -> None:
    """What drawn formats have no letters for is refused there; a page and a slide have other fonts."""
    for command in (["render", "dnipro-line"], ["compare"]):
        result = run(*command, "--format", "pdf", "--marking", "中文 ok", "--out", str(tmp_path / "none"))
        assert result.exit_code == 2
        assert "“中文”" in result.stderr
    assert not (tmp_path / "none").exists()
    result = run("render", "dnipro-line", "--format", "pptx", "--marking", "中文 ok", "--out", str(tmp_path))
    assert result.exit_code == 0
    shapes = _first_slide(next(tmp_path.glob("*.pptx"))).shapes
    assert [shape.text_frame.text for shape in shapes if shape.has_text_frame].count("中文 ok") == 2


def test_marking_stands_on_every_page_of_a_folder(tmp_path: Path) -> None:
    """Gallery and comparison have it as well, in print too, and all of them verify."""
    assert run("render", "--all", "--marking", MARKING, "--out", str(tmp_path)).exit_code == 0
    files = sorted(tmp_path.iterdir())
    assert len(files) == 5
    for file in files:
        page = file.read_text(encoding="utf-8")
        assert page.count("FOR EXERCISE &#34;ONLY&#34; &lt;/style&gt;</p>") == 2, file
        assert 'is-marked"' in page
        assert "@bottom-center" in page
        verdict = verification.verify_file(file, CONTAINERS)
        assert verdict.holds
        assert dict(verdict.shows)["marking"] == MARKING


def test_what_is_printed_takes_no_marking(tmp_path: Path) -> None:
    """A table on the terminal cannot carry one, and does not drop it in silence; a page of the comparison can."""
    for form in ("table", "csv", "json", "markdown"):
        result = run("compare", "--format", form, "--marking", "X")
        assert result.exit_code == 2
        assert "--marking is for pages and slides" in result.stderr
    result = run("compare", "dnipro-line", "--format", "html", "--marking", "X", "--out", str(tmp_path))
    assert result.exit_code == 0
    assert (tmp_path / "compare.html").read_text(encoding="utf-8").count(">X</p>") == 2


def test_letters_that_pictures_lack_are_named(tmp_path: Path) -> None:
    """A title in another script is drawn with replacement characters, but not without a word."""
    shape = {"type": "Polygon", "coordinates": [[[28, 49], [29, 49], [29, 50], [28, 49]]]}
    scenario = {
        "type": "FeatureCollection",
        "scenario": {"id": "own", "title": "方案 A"},
        "features": [{"type": "Feature", "properties": {"name": "区 1"}, "geometry": shape}],
    }
    own = tmp_path / "own.geojson"
    own.write_text(json.dumps(scenario), encoding="utf-8")
    result = run("render", str(own), "--format", "html", "--out", str(tmp_path))
    assert "no letters" not in result.stderr
    result = run("render", str(own), "--format", "pptx", "--out", str(tmp_path))
    assert "own: The fonts of PNG, SVG, PDF" in result.stderr
    assert "“方案区”" in result.stderr
    slide = _first_slide(next(tmp_path.glob("*.pptx")))
    assert slide.shapes.title.text == "方案 A"


def test_compare_writes_files_or_prints(tmp_path: Path) -> None:
    """Files go to the folder, verified; a printed format goes alone."""
    result = run("compare", "dnipro-line", "western-ukraine", "--format", "svg,pptx", "--out", str(tmp_path))
    assert (result.exit_code, result.stdout) == (0, "")
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == [
        "comparison_front-2025-03-27.pptx",
        "comparison_front-2025-03-27.svg",
    ]
    for file in files:
        verdict = verification.verify_file(file, CONTAINERS)
        assert verdict.holds
        assert "dnipro-line" in dict(verdict.shows)["shows"]
    mixed = run("compare", "--format", "csv,png", "--out", str(tmp_path / "none"))
    assert mixed.exit_code == 2
    assert "'csv' is printed" in mixed.stderr
    assert not (tmp_path / "none").exists()


def test_pages_and_formats_are_checked_before_anything_is_drawn(tmp_path: Path) -> None:
    """A page or a format there is not is refused with those there are."""
    for arguments, known in ((["--page", "a0"], "16x9"), (["--format", "png,gif"], "pptx")):
        result = run("render", "dnipro-line", *arguments, "--out", str(tmp_path / "none"))
        assert result.exit_code == 2
        assert known in result.stderr
    assert not (tmp_path / "none").exists()
