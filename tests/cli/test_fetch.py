"""``geo fronts fetch`` against a server on this machine, which no test leaves, and fetched fronts in other commands."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from unittest.mock import Mock

import pyogrio
import pytest
from click.testing import CliRunner, Result

import geo
from geo import GeoError, shipped
from geo.briefing import notes
from geo.cli import main
from geo.files import limits
from geo.fronts import fetched
from geo.fronts.published import publishers
from geo.fronts.reading import find_front, read_front
from tests.made_up import site as publisher
from tests.made_up.occupied import COARSE, save_features
from tests.made_up.site import Site

TODAY = datetime.now(UTC).date()
YESTERDAY = TODAY - timedelta(days=1)
SOURCE = "deepstate-archive"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)), prog_name="geo")


def fetch(*arguments: object) -> Result:
    done = run("fronts", "fetch", *arguments, "--accept-terms")
    assert done.exit_code == 0, done.output
    return done


def offer_places(site: Site, *days: date) -> None:
    shifts = {f"{day:%Y%m%d}": 0.1 * back for back, day in enumerate(days)}
    site.answers[f"/control_latest_{TODAY.year}.zip"] = publisher.give(publisher.build_control(shifts), '"1"')
    site.answers["/gn_UA_tess.geojson"] = publisher.give(publisher.build_cells()[0], '"1"')


def list_stored() -> list[str]:
    folder = fetched.folder() / "fronts"
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if not file.is_dir())


def test_two_commands_lead_to_a_map_against_a_newer_front(site: Site, tmp_path: Path) -> None:
    """A user fetches the newest front and renders against it; the map says its terms, and holds when it is checked."""
    path = publisher.offer_day(site, YESTERDAY, publisher.build_daily())
    first = fetch(SOURCE)
    assert site.paths[-1] == path
    assert f"geo render dnipro-line --front {YESTERDAY}" in first.stderr
    assert "agreement reserves all rights" in first.stderr
    site.answers.clear()  # from here on there is no net
    second = run("render", "dnipro-line", "--front", "latest", "--out", tmp_path / "maps")
    assert second.exit_code == 0
    assert notes.RESTRICTED in second.stderr
    (page,) = (tmp_path / "maps").iterdir()
    text = page.read_text(encoding="utf-8").replace("&#39;", "'")
    assert page.name.startswith(f"dnipro-line_front-{YESTERDAY}-")
    assert f"All rights reserved by DeepState (deepstatemap.live/license-en.html). {notes.RESTRICTED}" in text
    assert "127.0.0.1" not in text.replace("fetched from 127.0.0.1", "")
    checked = run("verify", page)
    assert checked.exit_code == 0
    assert f"front {YESTERDAY}: the same here" in checked.stdout
    assert len(site.asked) == 2  # today's file is not there yet, yesterday's is


def test_data_that_are_handed_on_say_the_terms(site: Site, tmp_path: Path) -> None:
    """Files of data name who drew the front, its licence, and that it may not be passed on."""
    publisher.offer_day(site, YESTERDAY)
    fetch(SOURCE)
    for suffix in ("geojson", "gpkg", "fgb", "kml"):
        file = tmp_path / f"zones.{suffix}"
        assert run("export", "dnipro-line", "--front", "latest", "--out", file).exit_code == 0
        said = notes.RESTRICTED.partition("'")[0]  # the apostrophe is escaped in some
        assert said.encode() in file.read_bytes(), suffix
        assert b"as archived daily in github.com/cyterat" in file.read_bytes()
        if suffix != "kml":
            assert run("verify", file).exit_code == 0
    derived = tmp_path / "line.geojson"
    assert run("fronts", "derive", fetched.list_files()[0], "--out", derived).exit_code == 0
    assert read_front(derived).is_restricted
    front = pyogrio.read_dataframe(tmp_path / "zones.gpkg", layer="front")
    assert front["licence"][0].endswith(notes.RESTRICTED)


def test_terms_are_accepted_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody can be asked, terms not accepted are wrong usage; on a terminal a No fetches nothing."""
    publisher.offer_day(site, YESTERDAY)
    alone = run("fronts", "fetch", SOURCE)
    assert alone.exit_code == 2
    assert "--accept-terms" in alone.stderr and alone.stderr.count("Error:") == 1
    monkeypatch.setattr("geo.cli.fetch._is_terminal", lambda: True)
    answers = iter(["n\n", "y\n", ""])
    first, second, third = (
        CliRunner().invoke(main, ["fronts", "fetch", SOURCE], input=answer) for answer in answers
    )
    assert (first.exit_code, second.exit_code, third.exit_code) == (2, 0, 0)
    assert "Publisher: DeepState" in first.stderr and "not accepted" in first.stderr
    assert "Do you accept" not in third.stderr
    assert len(site.asked) == 4  # twice today's and yesterday's


def test_a_front_is_stored_whole_with_its_origin(site: Site) -> None:
    """Beside the front stand address, hash and time; in it stand source, licence and hash, and no time."""
    publisher.offer_day(site, YESTERDAY)
    fetch(SOURCE, "--date", YESTERDAY)
    file = fetched.find_series(SOURCE) / f"{YESTERDAY}.geojson"
    record = fetched.read_record(file)
    assert record is not None
    assert record.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert record.original_sha256 == hashlib.sha256(publisher.build_line()).hexdigest()
    assert record.address == site.find(f"/deepstatemap_data_{YESTERDAY:%Y%m%d}.geojson")
    front = find_front(str(YESTERDAY))
    assert record.original_sha256 in front.method
    assert (front.is_restricted, front.as_of, front.id) == (True, YESTERDAY, str(YESTERDAY))
    assert record.retrieved[:10] not in file.read_text(encoding="utf-8").replace(str(YESTERDAY), "")


def test_a_stored_front_is_the_published_one(site: Site, tmp_path: Path) -> None:
    """The line derived from what is stored is that derived from the file as it came."""
    publisher.offer_day(site, YESTERDAY, publisher.build_daily())
    fetch(SOURCE)
    raw = tmp_path / f"daily_{YESTERDAY:%Y%m%d}.geojson"
    raw.write_bytes(publisher.build_daily())
    stored, published = find_front("latest"), read_front(raw)
    assert stored.line.equals_exact(published.line, 1e-9)
    assert stored.rule == published.rule


def test_what_is_here_is_not_sent_again(site: Site) -> None:
    """The second request for a day says what is here, and the server answers that it is the same."""
    publisher.offer_day(site, YESTERDAY)
    fetch(SOURCE, "--date", YESTERDAY)
    before = {file: (fetched.folder() / "fronts" / file).read_bytes() for file in list_stored()}
    again = fetch(SOURCE, "--date", YESTERDAY)
    assert "there already, the same" in again.stderr
    assert "If-None-Match" in site.asked[-1][1]
    assert before == {file: (fetched.folder() / "fronts" / file).read_bytes() for file in list_stored()}
    for kept in (fetched.folder() / "originals").glob("*.gz"):
        kept.write_bytes(kept.read_bytes()[:-9])
    fetch(SOURCE, "--date", YESTERDAY)
    assert "If-None-Match" not in site.asked[-1][1]  # what was kept is damaged, so it comes anew


def test_a_replaced_day_is_kept(site: Site, tmp_path: Path) -> None:
    """Where the publisher changed a day, the version before is kept and told, and its maps still hold."""
    publisher.offer_day(site, YESTERDAY)
    fetch(SOURCE)
    assert run("render", "dnipro-line", "--front", "latest", "--out", tmp_path / "maps").exit_code == 0
    before = (fetched.find_series(SOURCE) / f"{YESTERDAY}.geojson").read_bytes()
    publisher.offer_day(site, YESTERDAY, publisher.build_line(0.1))
    done = fetch(SOURCE)
    assert "Another front of" in done.stderr
    (kept,) = fetched.find_earlier(SOURCE).iterdir()
    assert kept.read_bytes() == before
    assert str(kept) in done.stderr
    (page,) = (tmp_path / "maps").iterdir()
    assert run("verify", page).exit_code == 0


def test_places_become_a_front(site: Site) -> None:
    """The places under Russian control and the cells around them give a line near that of the area they came from."""
    offer_places(site, YESTERDAY, TODAY - timedelta(days=2))
    fetch("viina")
    front = find_front("latest")
    assert (front.as_of, front.is_restricted) == (YESTERDAY, False)
    assert "contested places are left out" in front.method
    assert "ODbL" in front.licence
    (point,) = geo.distance_km([(33.42, 49.07)], front)  # Kremenchuk; cells are 15 to 22 km wide
    assert point == pytest.approx(geo.distance_km([(33.42, 49.07)])[0], abs=25)
    fetch("viina", "--since", TODAY - timedelta(days=6))
    assert sorted(file.stem for file in fetched.list_files()) == [
        str(TODAY - timedelta(days=2)),
        str(YESTERDAY),
    ]


def test_names_of_fronts(site: Site) -> None:
    """A day that two sources have is named with its source, a day that ships is the shipped one, and None stays it."""
    shipping = date.fromisoformat(shipped.latest_front().stem)
    for day in (YESTERDAY, shipping):
        publisher.offer_day(site, day)
        fetch(SOURCE, "--date", day)
    assert geo.front("latest").as_of == geo.front(YESTERDAY).as_of == YESTERDAY
    assert geo.front().sha256 == geo.front(str(shipping)).sha256 == geo.front(shipped.latest_front()).sha256
    assert geo.front(f"{SOURCE}/{shipping}").sha256 != geo.front().sha256
    offer_places(site, YESTERDAY)
    fetch("viina")
    for name in (str(YESTERDAY), "latest"):
        done = run("metrics", "dnipro-line", "--front", name)
        assert done.exit_code == 2
        assert f"{SOURCE}/{YESTERDAY}, viina/{YESTERDAY}" in done.stderr
    assert geo.front(f"viina/{YESTERDAY}").as_of == YESTERDAY
    with pytest.raises(GeoError, match="There is no front '2024-08-01'"):
        geo.front("2024-08-01")


def test_the_variable_names_a_fetched_front(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """``GEO_FRONT=latest`` measures to the fetched one; without it everything stays as it ships."""
    publisher.offer_day(site, YESTERDAY)
    fetch(SOURCE)
    plain = json.loads(run("metrics", "dnipro-line", "--format", "json").stdout)
    assert plain["front"]["id"] == shipped.latest_front().stem
    monkeypatch.setenv("GEO_FRONT", "latest")
    chosen = json.loads(run("metrics", "dnipro-line", "--format", "json").stdout)
    assert chosen["front"]["id"] == str(YESTERDAY)


def test_fronts_are_listed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """``geo fronts`` shows what ships and what was fetched, of long series one line; JSON has every day."""
    publisher.offer_day(site, YESTERDAY)
    fetch(SOURCE)
    listed = run("fronts").stdout.splitlines()
    assert listed[-1].startswith(f"{YESTERDAY}  line of contact of ")
    assert "fetched. DeepState map" in listed[-1]
    records = json.loads(run("fronts", "--json").stdout)
    assert [each["origin"] for each in records] == ["shipped"] * len(shipped.fronts()) + ["fetched"]
    assert (records[-1]["name"], records[-1]["fetched_from"]) == (str(YESTERDAY), SOURCE)
    for back in range(2, 10):
        publisher.offer_day(site, TODAY - timedelta(days=back))
    fetch(SOURCE, "--since", TODAY - timedelta(days=12))
    looking = Mock(wraps=fetched.list_files)
    monkeypatch.setattr(fetched, "list_files", looking)
    assert "the newest of 9 days" in run("fronts").stdout
    assert looking.call_count < 4  # not once for each day, of which there may be hundreds
    assert len(json.loads(run("fronts", "--json").stdout)) == len(shipped.fronts()) + 9


def test_sources_are_listed_with_their_terms() -> None:
    """Without a source, the command lists where fronts are published, on which terms, and what needs a permission."""
    done = run("fronts", "fetch")
    assert done.exit_code == 0
    for words in (SOURCE, "viina", "Open Database License", "Not to be fetched from here", "written consent"):
        assert words in done.stdout


def test_any_address_can_be_fetched(site: Site) -> None:
    """An address with marks for the day gives that day; its host is the source, and what the user says is stored."""
    site.answers[f"/fronts/{YESTERDAY:%Y/%m%d}.geojson"] = publisher.give(publisher.build_line())
    address = site.find("/fronts/{YYYY}/{MM}{DD}.geojson?key=geheim")
    alone = run("fronts", "fetch", address, "--date", YESTERDAY)
    assert alone.exit_code == 2 and "See http://127.0.0.1" in alone.stderr
    fetch(
        address,
        "--date",
        YESTERDAY,
        "--source",
        "The Institute",
        "--licence",
        "CC BY 4.0",
        "--uncertainty-km",
        3,
    )
    (folder,) = {file.parent.name for file in fetched.list_files()}
    assert folder.startswith("127-0-0-1-")
    front = find_front(f"{folder}/{YESTERDAY}")
    assert (front.source, front.licence, front.uncertainty_km) == ("The Institute", "CC BY 4.0", 3)
    assert site.paths[-1].endswith("?key=geheim")
    files = [file for file in fetched.folder().rglob("*") if file.is_file()]
    assert not any(b"geheim" in file.read_bytes() for file in files)


def test_two_places_of_one_host_are_two_sources(site: Site) -> None:
    """What lies in two folders of a server is not one series: its difference is called no movement."""
    for folder, day, shift in (("a", TODAY - timedelta(days=2), 0.0), ("b", YESTERDAY, 0.4)):
        site.answers[f"/{folder}/front-{day:%Y%m%d}.geojson"] = publisher.give(publisher.build_daily(shift))
        fetch(site.find(f"/{folder}/front-{day:%Y%m%d}.geojson"))
    assert len({file.parent for file in fetched.list_files()}) == 2
    done = run("changes", "dnipro-line", "--from", TODAY - timedelta(days=2), "--to", YESTERDAY)
    assert done.exit_code == 0
    assert "Different sources drew the two" in done.stdout
    assert "gained" not in done.stdout.partition("\n\nZone")[0]


def test_address_of_a_known_source_has_its_terms(site: Site) -> None:
    """Whoever names a file of a source in the table by its address is shown the same terms, and the map has them."""
    path = publisher.offer_day(site, YESTERDAY)
    alone = run("fronts", "fetch", site.find(path))
    assert alone.exit_code == 2 and SOURCE in alone.stderr
    fetch(site.find(path))
    (file,) = fetched.list_files()
    assert file.parent.name == SOURCE
    assert find_front(f"{SOURCE}/{YESTERDAY}").is_restricted


RAW = "https://raw.githubusercontent.com/cyterat/deepstate-map-data"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (f"{RAW}/refs/heads/main/data/deepstatemap_data_20260822.geojson", SOURCE),
        (f"{RAW}/main/data/deepstatemap_data_{{YYYY}}{{MM}}{{DD}}.geojson", SOURCE),
        ("https://GitHub.com/Cyterat/deepstate-map-data/raw/main/data/a.geojson", SOURCE),
        ("https://raw.githubusercontent.com/zhukovyuri/VIINA/main/Data/control_latest_2026.zip", "viina"),
        ("https://deepstatemap.live/api/history/last", "deepstate"),
        (
            "https://services5.arcgis.com/SaBe5HMtmnbqSWlu/arcgis/rest/services/x/FeatureServer/49/query",
            "isw",
        ),
        ("https://raw.githubusercontent.com/somebody/else/main/20260822.geojson", None),
    ],
)
def test_another_address_of_a_known_source_has_its_terms(address: str, name: str | None) -> None:
    """However a file of a known source is addressed, its terms are shown before anything is asked for."""
    done = run("fronts", "fetch", address)
    assert done.exit_code == 2
    its = publishers.read_publishers().get(name or "")
    assert (its.terms if its else "Only its publisher can say") in done.stderr
    assert its is None or its.redistribution in ("forbidden", "allowed")


@pytest.mark.parametrize("day", ["20990101", "20131231"])
def test_front_of_a_day_that_has_none_is_refused(site: Site, day: str) -> None:
    """A file of a day to come is no newest front, and before 2014 there was none; its name stands in the message."""
    site.answers[f"/front-{day}.geojson"] = publisher.give(publisher.build_line())
    done = run("fronts", "fetch", site.find(f"/front-{day}.geojson"), "--accept-terms")
    assert done.exit_code == 1
    assert (
        f"front-{day}.geojson" in done.stderr and "no front before 2014, or of a day to come" in done.stderr
    )
    assert list_stored() == []


def test_nothing_new_of_what_never_came_is_an_error(site: Site) -> None:
    """A server that answers 304 to a first request gives no front, and no traceback."""
    site.answers["/front-20260201.geojson"] = publisher.refuse(304)
    done = run("fronts", "fetch", site.find("/front-20260201.geojson"), "--accept-terms")
    assert done.exit_code == 1
    assert "still the same" in done.stderr


def test_address_with_a_day_of_no_month_is_refused(site: Site) -> None:
    """A day without its month would be looked for in every month."""
    done = run("fronts", "fetch", site.find("/front-{DD}.geojson"), "--accept-terms")
    assert done.exit_code == 2
    assert "{YYYY}, {MM} and {DD}" in done.stderr


def test_files_and_archives_can_be_taken(site: Site, tmp_path: Path) -> None:
    """A file, and an archive with a dated file a day, are stored without a net and without terms."""
    days = [YESTERDAY - timedelta(days=back) for back in range(3)]
    data = publisher.pack({f"days/front_{day:%Y%m%d}.geojson": publisher.build_line() for day in days})
    (tmp_path / "archive.zip").write_bytes(data)
    assert run("fronts", "fetch", tmp_path / "archive.zip").exit_code == 0
    assert [file.stem for file in fetched.list_files()] == [str(YESTERDAY)]
    assert run("fronts", "fetch", tmp_path / "archive.zip", "--since", days[-1]).exit_code == 0
    twice = publisher.pack({f"{part}/f_20260820.geojson": publisher.build_line() for part in "ab"})
    (tmp_path / "twice.zip").write_bytes(twice)
    assert "several files of 2026-08-20" in run("fronts", "fetch", tmp_path / "twice.zip").stderr
    assert len(fetched.list_files()) == 3
    bare = save_features(tmp_path / "bare.geojson", (COARSE, {}))
    undated = run("fronts", "fetch", bare)
    assert undated.exit_code == 1 and "--date" in undated.stderr and "--as-of" not in undated.stderr
    assert run("fronts", "fetch", bare, "--date", "2026-02-03").exit_code == 0
    assert find_front("2026-02-03").source == "source not stated; the file bare.geojson"
    none = run("fronts", "fetch", tmp_path / "archive.zip", "--date", "2026-02-03")
    assert none.exit_code == 1 and "holds 3 days" in none.stderr
    assert not site.asked


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<!doctype html><html><title>Sign in</title>", "web page"),
        (b'{"error": "moved"}', "geojson"),
        (b'{"type": "FeatureCollection", "features": []}', "geojson"),
        (publisher.build_daily()[:-500], "geojson"),
        (b"", "empty"),
        (publisher.pack({"a.geojson": b" " * 3_000_000}), "unpacks to more than"),
    ],
)
def test_what_is_no_front_is_not_stored(
    site: Site, monkeypatch: pytest.MonkeyPatch, data: bytes, words: str
) -> None:
    """A page, other JSON, a part of a file or a zip bomb is one message, and nothing of it is on the shelf."""
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 2_000_000)
    site.answers[f"/deepstatemap_data_{YESTERDAY:%Y%m%d}.geojson"] = publisher.give(data)
    done = run("fronts", "fetch", SOURCE, "--date", YESTERDAY, "--accept-terms")
    assert done.exit_code == 1
    assert words in done.stderr and "Traceback" not in done.stderr
    assert not list_stored()
    assert run("metrics", "dnipro-line", "--front", "latest").exit_code == 0


def test_another_day_than_asked_for_is_refused(site: Site) -> None:
    """A file that says it describes another day is not stored as the day that was asked for."""
    site.answers[f"/deepstatemap_data_{YESTERDAY:%Y%m%d}.geojson"] = publisher.give(
        publisher.build_daily().replace(b'"properties": {}', b'"properties": {"date": "2026-01-05"}')
    )
    done = run("fronts", "fetch", SOURCE, "--date", YESTERDAY, "--accept-terms")
    assert done.exit_code != 0 and "2026" in done.stderr
    assert not list_stored()


def test_an_error_leaves_what_was_there(site: Site) -> None:
    """Where the server fails, the front that was fetched before is there and still found."""
    path = publisher.offer_day(site, YESTERDAY)
    fetch(SOURCE)
    before = list_stored()
    for answer in (
        publisher.refuse(503),
        publisher.give_half(publisher.build_daily(0.3)),
        publisher.refuse(401),
    ):
        site.answers[path] = answer
        assert run("fronts", "fetch", SOURCE, "--date", YESTERDAY).exit_code == 1
    assert list_stored() == before
    assert find_front("latest").as_of == YESTERDAY


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["isw"], "written consent"),
        (["nobody"], "There is no source of fronts 'nobody'"),
        (["ftp://example.org/front.geojson"], "no web address"),
        (["file:///etc/passwd"], "no web address"),
        (["http://[::1/front.geojson"], "no web address"),
        (["http://127.0.0.1:99999/front.geojson"], "no web address"),
        (["https:///front.geojson"], "no web address"),
        (["https://name:word@example.org/front.geojson"], "is not sent"),
        ([SOURCE, "--date", "2024-01-01"], "begins on 2024-07-08"),
        ([SOURCE, "--date", "2100-01-01"], "There is no front of 2100-01-01"),
        (["http://127.0.0.1/{YYYY}{MM}{DD}.geojson", "--since", "0001-01-01"], "from 2014-01-01 to"),
        ([SOURCE, "--date", "2026-01-01", "--since", "2026-01-01"], "contradict"),
        ([SOURCE, "--sha256", "abc"], "64 hexadecimal digits"),
        ([SOURCE, "--source", "Me"], "are known"),
        ([SOURCE, "--since", "2026-01-01", "--sha256", "0" * 64], "is for one file"),
    ],
)
def test_wrong_usage_asks_for_nothing(site: Site, arguments: list[str], words: str) -> None:
    """What cannot be meant is exit code 2 with one message, before any request."""
    done = run("fronts", "fetch", *arguments, "--accept-terms")
    assert done.exit_code == 2
    assert words in done.stderr
    assert not site.asked


def test_a_data_folder_that_cannot_be_written(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names the variable that chooses another, not an option that this command does not have."""
    (tmp_path / "file").write_text("mine")
    publisher.offer_day(site, YESTERDAY)
    monkeypatch.setenv(fetched.VARIABLE, str(tmp_path / "file" / "data"))
    address = site.find(f"/deepstatemap_data_{YESTERDAY:%Y%m%d}.geojson")
    for source in (SOURCE, address):
        done = run("fronts", "fetch", source, "--accept-terms")
        assert (done.exit_code, "with GEO_DATA." in done.stderr, "--out" in done.stderr) == (1, True, False)


def test_the_hash_that_was_named_counts(site: Site) -> None:
    """A pinned hash takes only its file, also where the server says that the file kept here is the same."""
    publisher.offer_day(site, YESTERDAY)
    fits = hashlib.sha256(publisher.build_line()).hexdigest()
    fetch(SOURCE, "--date", YESTERDAY, "--sha256", fits)
    done = run("fronts", "fetch", SOURCE, "--date", YESTERDAY, "--sha256", "0" * 64)
    assert done.exit_code == 1 and "not the file whose SHA-256" in done.stderr


def test_a_changed_front_is_not_measured_to(site: Site) -> None:
    """A fetched file that somebody changed is refused by its day, and fetching keeps both."""
    publisher.offer_day(site, YESTERDAY)
    fetch(SOURCE)
    file = fetched.find_series(SOURCE) / f"{YESTERDAY}.geojson"
    changed = file.read_text(encoding="utf-8").replace("All rights", "No rights")
    file.write_text(changed, encoding="utf-8")
    done = run("metrics", "dnipro-line", "--front", "latest")
    assert done.exit_code == 1 and "changed since it was fetched" in done.stderr
    fetch(SOURCE)
    (kept,) = fetched.find_earlier(SOURCE).iterdir()
    assert kept.read_text(encoding="utf-8") == changed
    assert run("metrics", "dnipro-line", "--front", "latest").exit_code == 0


def test_two_at_once_store_one_whole_front(site: Site) -> None:
    """Two processes that fetch the same day leave one front and its record, which fit each other."""
    publisher.offer_day(site, YESTERDAY)
    command = [sys.executable, "-m", "geo", "fronts", "fetch", SOURCE, "--accept-terms", "-q"]
    running = [subprocess.Popen(command, stdin=subprocess.DEVNULL) for _ in range(2)]
    assert [each.wait(60) for each in running] == [0, 0]
    assert list_stored() == [
        f"{SOURCE}/.lock",
        f"{SOURCE}/{YESTERDAY}.about",
        f"{SOURCE}/{YESTERDAY}.geojson",
    ]
    assert find_front("latest").as_of == YESTERDAY


def test_a_table_of_ones_own_is_checked(site: Site) -> None:
    """A mistake in the user's own table of sources is one message that names the file."""
    (fetched.folder() / "publishers.toml").write_text('[mine]\nname = "Mine"\n', encoding="utf-8")
    done = run("fronts", "fetch")
    assert done.exit_code == 1
    assert "publishers.toml: The table of sources is not in order" in done.stderr


@pytest.mark.parametrize(
    "code", ["import geo", "from geo.cli import main; main(['fronts'], standalone_mode=False)"]
)
def test_only_this_command_knows_the_net(code: str) -> None:
    """Neither the library nor another command loads what fetches."""
    check = f"{code}\nimport sys\nprint({{'pooch', 'requests'}} & sys.modules.keys(), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "set()"
