"""Sources and claims: what ships, what a source file must hold, and how a claim is found."""

from datetime import date
from pathlib import Path

import pytest

from geo import shipped
from geo.errors import DataError, UnknownNameError
from geo.scenarios import evidence
from geo.scenarios.evidence import ABOUT, Claim, find_claim, read_source, read_sources

PARIS = "paris-2025-03-27"
HEAD = '[source]\npublisher = "Paper"\ntitle = "A report"\npublished = 2025-03-27\n'
CLAIM = """
[[claim]]
id = "a"
about = "size"
attributed_to = "Somebody"
reported = 2025-03-26
statement = "Many."
"""


def problems_of(text: str, folder: Path) -> list[str]:
    """Read the text as a source file that is wrong, and return what is said about it."""
    file = folder / "a-source.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_source(file)
    return [str(problem) for problem in caught.value.problems]


def test_complete_source(tmp_path: Path) -> None:
    """Everything in the file stands in the source and its claims, whose ids begin with the source's."""
    text = HEAD + 'cites = ["Agency"]\nnote = "A copy."\n'
    text += 'url = "https://paper.example/a?b=1#c"\narchive = "https://archive.example/1"\n' + CLAIM
    text += 'reported_by = "Agency"\nsaid = "in March"\nvalue = 10_000\nunit = "troops"\n'
    (tmp_path / "a-source.toml").write_text(text)
    source = read_source(tmp_path / "a-source.toml")
    assert (source.id, source.publisher, source.title) == ("a-source", "Paper", "A report")
    assert (source.published, source.cites, source.note) == (date(2025, 3, 27), ("Agency",), "A copy.")
    assert (source.url, source.archive) == ("https://paper.example/a?b=1#c", "https://archive.example/1")
    expected = Claim(
        "a-source/a", "size", "Somebody", "Agency", date(2025, 3, 26), "Many.", 10_000, "troops", "in March"
    )
    assert source.claims == (expected,)


PROBLEMS = {
    "not TOML": ("[source\n", ["This is not TOML", "line 1"]),
    "key twice": (HEAD + 'title = "x"\n' + CLAIM, ["This is not TOML"]),
    "empty": ("", ["the file has no 'source'", "the file has no 'claim'"]),
    "source as text": ('source = "x"\n' + CLAIM, ["'source' is the text 'x', not a table"]),
    "claim as table": (HEAD + "[claim]\nid = 1\n", ["'claim' is an object, not a list of tables"]),
    "claim of numbers": ("claim = [1]\n" + HEAD, ["claim[0] is the number 1, not a table"]),
    "misspelt table": (
        HEAD + CLAIM + '[[claims]]\nid = "b"\n',
        ["unknown key 'claims'. Did you mean 'claim'?"],
    ),
    "source without publisher": (
        HEAD.replace("publisher", "x"),
        ["source has no 'publisher'", "unknown key 'x'"],
    ),
    "claim without anybody": (
        HEAD + CLAIM.replace("attributed_to", "by"),
        ["claim[0] has no 'attributed_to'"],
    ),
    "about something else": (
        HEAD + CLAIM.replace('"size"', '"cost"'),
        ["claim[0].about is 'cost'. Write 'location'"],
    ),
    "id in capitals": (HEAD + CLAIM.replace('"a"', '"A b"'), ["claim[0].id is 'A b', which is not an id"]),
    "id twice": (HEAD + CLAIM + CLAIM, ["claim[1].id is 'a', like that of an earlier claim"]),
    "date as text": (HEAD + CLAIM.replace("2025-03-26", '"2025-03-26"'), ["Write the date without quotes"]),
    "date as nonsense": (HEAD + CLAIM.replace("2025-03-26", '"March"'), ["the text 'March', not a date"]),
    "date with time": (
        HEAD + CLAIM.replace("2025-03-26", "2025-03-26T10:00:00"),
        ["claim[0].reported is the value"],
    ),
    "reported too late": (
        HEAD + CLAIM.replace("2025-03-26", "2025-03-28"),
        ["is after the source was published"],
    ),
    "value without unit": (HEAD + CLAIM + "value = 5\n", ["has a 'value' without a 'unit'"]),
    "unit without value": (HEAD + CLAIM + 'unit = "troops"\n', ["has a 'unit' without a 'value'"]),
    "value as text": (HEAD + CLAIM + 'value = "5"\nunit = "troops"\n', ["claim[0].value is the text '5'"]),
    "value as truth": (HEAD + CLAIM + 'value = true\nunit = "troops"\n', ["claim[0].value is true"]),
    "value not finite": (
        HEAD + CLAIM + 'value = nan\nunit = "troops"\n',
        ["claim[0].value is NaN"],
    ),
    "empty statement": (HEAD + CLAIM.replace("Many.", " "), ["claim[0].statement is empty"]),
    "several": (
        HEAD.replace("2025-03-27", "1") + CLAIM + "x = 1\n" + CLAIM,
        ["source.published", "[0] has", "[1].id"],
    ),
}


@pytest.mark.parametrize(("text", "said"), PROBLEMS.values(), ids=PROBLEMS)
def test_problem(text: str, said: list[str], tmp_path: Path) -> None:
    """Whatever is wrong with a source file is said in one report, with the claim's index and key."""
    problems = "\n".join(problems_of(text, tmp_path))
    for fragment in said:
        assert fragment in problems


ADDRESSES = {
    "not secure": "http://paper.example/a",
    "script": "javascript:alert(1)",
    "user": "https://me@paper.example/",
    "port": "https://paper.example:8080/",
    "blank": "https://paper.example/a b",
    "markup": "https://paper.example/<b>",
    "no host": "https:///a",
    "no domain": "https://localhost/a",
    "quote": "https://paper.example/'a",
    "other letters": "https://pаper.example/",
    "two lines": "https://paper.example/\\na",
}


@pytest.mark.parametrize("key", ["url", "archive"])
@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_address_is_a_plain_https_address(key: str, address: str, tmp_path: Path) -> None:
    """What could be anything but a link to a public page is refused, with the key and what to write."""
    problems = "\n".join(problems_of(f'{HEAD}{key} = "{address}"\n{CLAIM}', tmp_path))
    assert f"source.{key} is " in problems
    assert "Write the whole address of a public page, as in 'https://example.org/report'." in problems


def test_file_name_is_an_id(tmp_path: Path) -> None:
    """A source file must be named by an id, because its claims are cited by it."""
    (tmp_path / "My Source.toml").write_text(HEAD + CLAIM)
    with pytest.raises(DataError, match="'My Source' is not an id"):
        read_source(tmp_path / "My Source.toml")


def test_find_claim() -> None:
    """A claim is found by source and claim, and an unknown one suggests the nearest."""
    assert find_claim(f"{PARIS}/size-30000").value == 30_000
    with pytest.raises(UnknownNameError, match=f"Did you mean '{PARIS}/location-dnipro'"):
        find_claim(f"{PARIS}/location-dniepr")


def test_every_shipped_claim_can_be_held_to_somebody() -> None:
    """Every shipped claim says who said it and when, is about something known, and fits its source."""
    sources = read_sources()
    assert list(sources) == list(shipped.sources())
    for source in sources.values():
        assert source.claims
        for claim in source.claims:
            assert claim.id.startswith(f"{source.id}/")
            assert claim.about in ABOUT
            assert claim.attributed_to
            assert claim.reported <= source.published
            assert claim.statement.endswith(".")
            assert "\n" not in claim.statement
            assert (claim.value is None) == (claim.unit is None)
            assert claim.reported_by is None or claim.reported_by in source.cites


def test_reports_that_differ_stand_side_by_side() -> None:
    """Number of countries, size of the force and day of a meeting: each as its own text has it, nothing averaged."""
    claims = evidence.read_claims()
    assert claims[f"{PARIS}/participation-31"].value == 31
    assert "nearly 30 countries" in claims["ap-2025-03-27/participation-nearly-30"].statement
    assert claims[f"{PARIS}/size-30000"].said == "20 February 2025"
    assert claims["kyiv-independent-2025-02-28/size-white-house"].said == "27 February 2025"
    sizes = [claim for claim in claims.values() if claim.unit == "troops"]
    assert [(claim.id.partition("/")[0], claim.value) for claim in sizes] == [
        (PARIS, 10_000), (PARIS, 30_000),
        ("ukrainska-pravda-2025-03-27", 10_000), ("ukrainska-pravda-2025-03-27", 30_000),
    ]  # fmt: skip
    assert not any(word in claim.statement for claim in sizes for word in ("more than", "up to"))


def test_every_shipped_source_can_be_looked_up() -> None:
    """Every text that ships has an address, and the article of the summit its publisher's own."""
    sources = read_sources()
    assert all(source.url for source in sources.values())
    assert sources[PARIS].publisher == "The Kyiv Independent"
    assert str(sources[PARIS].url).startswith("https://kyivindependent.com/")


def test_a_source_is_read_once() -> None:
    """Whoever asks for the sources that ship gets the same values, without another reading of the files."""
    assert all(source is read_sources()[name] for name, source in read_sources().items())


def test_paris_locations() -> None:
    """The three places are what one unnamed French official told the Associated Press, and nobody else's."""
    claims = [claim for claim in read_sources()[PARIS].claims if claim.about == "location"]
    assert [claim.id for claim in claims] == [
        f"{PARIS}/location-{place}" for place in ("dnipro", "west", "neighbour")
    ]
    assert {claim.attributed_to for claim in claims} == {"an unnamed French official"}
    assert {claim.reported_by for claim in claims} == {"Associated Press (AP)"}
    assert {claim.reported for claim in claims} == {date(2025, 3, 27)}


def test_paris_sizes() -> None:
    """Both force sizes stand side by side, each dated as finely as the text dates it and no finer."""
    claims = [claim for claim in read_sources()[PARIS].claims if claim.about == "size"]
    assert [(claim.value, claim.unit, claim.said) for claim in claims] == [
        (10_000, "troops", "mid-March 2025"),
        (30_000, "troops", "20 February 2025"),
    ]


def test_unreadable_shipped_source_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken source among several is reported with its own file name."""
    (tmp_path / "bad.toml").write_text("[")
    monkeypatch.setattr(shipped, "sources", lambda: {"bad": tmp_path / "bad.toml"})
    with pytest.raises(DataError, match=r"bad\.toml: This is not TOML"):
        evidence.read_sources()
