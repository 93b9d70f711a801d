"""``geo fronts fetch --since``: what comes is kept, what does not is told by its day, and nothing stops the rest."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geo.briefing import notes
from geo.cli import main
from geo.fronts import fetched
from tests.made_up import site as publisher
from tests.made_up.site import Answer, Site

TODAY = datetime.now(UTC).date()
SOURCE = "deepstate-archive"
DAYS = [TODAY - timedelta(days=back) for back in (6, 5, 4, 3, 2, 1)]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)), prog_name="geo")


def fetch(*arguments: object) -> Result:
    return run("fronts", "fetch", *arguments, "--accept-terms")


def list_days() -> list[str]:
    return [file.stem for file in fetched.list_files()]


def test_a_series_is_ready_for_a_history(site: Site) -> None:
    """Every day since one comes into one folder; days that are not published are told, those here not asked for."""
    days = [TODAY - timedelta(days=back) for back in (4, 3, 1)]
    for number, day in enumerate(days):
        publisher.offer_day(site, day, publisher.build_line(0.05 * number))
    done = fetch(SOURCE, "--since", days[0])
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == 3
    assert f"not yet: {TODAY - timedelta(days=2)}, {TODAY}." in done.stderr
    (folder,) = (line.split("--fronts ")[1] for line in done.stderr.splitlines() if "--fronts" in line)
    assert notes.RESTRICTED in run("history", "dnipro-line", "--fronts", folder).stdout
    history = run("history", "dnipro-line", "--fronts", folder, "--format", "json")
    assert [each["as_of"] for each in json.loads(history.stdout)["days"]] == [str(day) for day in days]
    site.asked.clear()
    again = fetch(SOURCE, "--since", days[0])
    assert "Nothing new" in again.stderr
    assert len(site.asked) == 2


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (publisher.give(b"<!doctype html><title>Sign in</title>"), "The file is a web page"),
        (publisher.give(b'{"type": "FeatureCollection", "features": []}'), "holds no features"),
        (publisher.give_half(publisher.build_line()), "Only a part of the file came"),
        (publisher.refuse(500), "The server is busy (500)"),
        (publisher.refuse(403), "asks for a permission (403)"),
        (
            publisher.give(
                publisher.build_line().replace(b'"front": {', b'"front": {"as_of": "2024-08-01", ')
            ),
            "The file describes 1 August 2024, not",
        ),
    ],
)
def test_a_bad_day_stops_no_series(site: Site, answer: Answer, words: str) -> None:
    """The error names the day, the days after it come all the same, and the command ends with a summary and code 1."""
    for day in DAYS:
        publisher.offer_day(site, day)
    bad = DAYS[2]
    site.answers[f"/deepstatemap_data_{bad:%Y%m%d}.geojson"] = answer
    done = fetch(SOURCE, "--since", DAYS[0])
    assert done.exit_code == 1
    (error,) = (line for line in done.stderr.splitlines() if line.startswith("Error: "))
    assert error.startswith(f"Error: {bad}: ") and words in error
    assert f"Failed: {bad}. " in done.stderr
    assert f"--front {DAYS[-1]}" in done.stderr
    assert list_days() == [str(day) for day in DAYS if day != bad]
    publisher.offer_day(site, bad)
    site.asked.clear()
    again = fetch(SOURCE, "--since", DAYS[0])
    assert again.exit_code == 0
    assert list_days() == [str(day) for day in DAYS]
    assert len(site.asked) == 2  # the bad day and today


def test_a_server_that_gives_nothing_is_left(site: Site) -> None:
    """After three days in a row it is asked for no more, and what was not asked for is said."""
    publisher.offer_day(site, DAYS[0])
    for day in DAYS[1:]:
        site.answers[f"/deepstatemap_data_{day:%Y%m%d}.geojson"] = publisher.refuse(500)
    done = fetch(SOURCE, "--since", DAYS[0])
    assert done.exit_code == 1
    assert f"Error: after {DAYS[3]}: {SOURCE}: The days after it were not asked for" in done.stderr
    assert len(set(site.paths)) == 4
    assert list_days() == [str(DAYS[0])]


def test_a_server_that_asks_to_be_left_is_left_at_once(site: Site) -> None:
    """Where a server asks to wait for an hour, no other day is asked for."""
    for day in DAYS:
        publisher.offer_day(site, day)
    site.answers[f"/deepstatemap_data_{DAYS[1]:%Y%m%d}.geojson"] = publisher.refuse(429, Retry_After="3600")
    done = fetch(SOURCE, "--since", DAYS[0])
    assert done.exit_code == 1
    assert "asks to wait 3,600 s" in done.stderr
    assert len(site.asked) == 2


def test_a_day_without_what_is_chosen_stops_no_series(site: Site, tmp_path: Path) -> None:
    """What the user chose by a column fits nothing on one day: that day is told, and the next is stored."""
    whole = publisher.build_line().replace(b'"properties": {}', b'"properties": {"kind": "occupied"}')
    files = {f"front_{day:%Y%m%d}.geojson": whole for day in DAYS}
    files[f"front_{DAYS[1]:%Y%m%d}.geojson"] = whole.replace(b"occupied", b"besetzt")
    files[f"._front_{DAYS[1]:%Y%m%d}.geojson"] = b"what a Mac adds"
    (tmp_path / "archive.zip").write_bytes(publisher.pack(files))
    done = run("fronts", "fetch", tmp_path / "archive.zip", "--since", DAYS[0], "--where", "kind=occupied")
    assert done.exit_code == 1
    assert f"Error: {DAYS[1]}: " in done.stderr and "--where kind=occupied" in done.stderr
    assert list_days() == [str(day) for day in DAYS if day != DAYS[1]]


def test_a_server_of_tables_that_asks_to_be_left_is_left_at_once(site: Site) -> None:
    """Where a server asks to wait for an hour, the table of no other year is asked for."""
    site.answers["/gn_UA_tess.geojson"] = publisher.give(publisher.build_cells()[0])
    site.answers["/control_latest_2023.zip"] = publisher.refuse(429, Retry_After="3600")
    done = fetch("viina", "--since", "2023-12-01")
    assert done.exit_code == 1
    assert [path for path in site.paths if "control" in path] == ["/control_latest_2023.zip"]


def test_a_bad_file_in_an_archive_stops_no_series(site: Site, tmp_path: Path) -> None:
    """Of an archive with a file a day, those that can be read are stored."""
    files = {f"front_{day:%Y%m%d}.geojson": publisher.build_line() for day in DAYS}
    files[f"front_{DAYS[1]:%Y%m%d}.geojson"] = b"nothing"
    packed = bytearray(publisher.pack(files))
    damaged = f"front_{DAYS[2]:%Y%m%d}.geojson".encode()
    packed[packed.index(damaged) + len(damaged) + 20] ^= 255
    (tmp_path / "archive.zip").write_bytes(packed)
    done = run("fronts", "fetch", tmp_path / "archive.zip", "--since", DAYS[0])
    assert done.exit_code == 1
    assert f"Error: {DAYS[1]}: front_{DAYS[1]:%Y%m%d}.geojson: " in done.stderr
    assert f"Error: {DAYS[2]}: {tmp_path / 'archive.zip'}: The zip archive is damaged" in done.stderr
    assert list_days() == [str(day) for day in DAYS if day not in DAYS[1:3]]


def test_a_year_that_is_not_there_stops_no_series(site: Site) -> None:
    """Of a table a year, a missing one is told and the others are read."""
    shifts = {f"{day:%Y%m%d}": 0.1 for day in DAYS[-2:]}
    site.answers[f"/control_latest_{TODAY.year}.zip"] = publisher.give(publisher.build_control(shifts))
    site.answers["/gn_UA_tess.geojson"] = publisher.give(publisher.build_cells()[0])
    done = fetch("viina", "--since", f"{TODAY.year - 1}-12-01")
    assert done.exit_code == 0
    assert f"Not published, or not yet: {TODAY.year - 1}." in done.stderr
    assert list_days() == [str(day) for day in DAYS[-2:]]
    site.answers[f"/control_latest_{TODAY.year - 1}.zip"] = publisher.give(b"nothing")
    done = fetch("viina", "--since", f"{TODAY.year - 1}-12-01")
    assert done.exit_code == 1
    assert (
        f"Error: {TODAY.year - 1}: control_latest_{TODAY.year - 1}.zip: The file is plain text" in done.stderr
    )
