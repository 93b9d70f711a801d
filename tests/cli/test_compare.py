"""``geo compare``: the page, and the maps it finds beside it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from geo.cli import main


def test_compare_writes_a_page_and_finds_the_maps_beside_it(tmp_path: Path) -> None:
    """``geo compare --format html`` writes compare.html, the same bytes each time, and links what lies there."""
    (tmp_path / "dnipro-line.html").write_text("a map")
    pages = []
    for _ in range(2):
        result = CliRunner().invoke(
            main, ["compare", "dnipro-line", "western-ukraine", "--format", "html", "--out", str(tmp_path)]
        )
        assert result.exit_code == 0 and "compare.html" in result.stderr and result.stdout == ""
        pages.append((tmp_path / "compare.html").read_bytes())
    assert pages[0] == pages[1]
    assert b'href="dnipro-line.html"' in pages[0] and b'href="western-ukraine.html"' not in pages[0]
