"""Who said what: every claim under who said it, each report of it named once."""

from __future__ import annotations

from dataclasses import replace

from geo.briefing import citing
from geo.scenarios import evidence
from geo.scenarios.scenario import find_scenario


def test_claims_stand_under_who_said_them() -> None:
    """Every speaker heads one group, every text that reports them is named once in it, and no statement is lost."""
    sources = tuple(evidence.read_sources().values())
    claims = [evidence.find_claim(name) for name in find_scenario("dnipro-line").claims]
    groups = citing.group_by_speaker(claims, sources)
    speakers = [who for who, _ in groups]
    assert [who.casefold() for who in speakers] == list(
        dict.fromkeys(claim.attributed_to.casefold() for claim in claims)
    )
    assert all(who[0].isupper() for who in speakers)
    for _, reports in groups:
        assert len({report.source for report in reports}) == len(reports)
    said = [statement for _, reports in groups for report in reports for statement in report.statements]
    assert len(said) == len(claims)
    for claim in claims:
        (found,) = (
            (who, report.source)
            for who, reports in groups
            for report in reports
            if any(
                statement.startswith(claim.statement.strip().rstrip(".")) for statement in report.statements
            )
            and who.casefold() == claim.attributed_to.casefold()
        )
        source = citing.find_source(claim, sources)
        assert source is not None and source.publisher in found[1]
        assert (claim.reported_by or source.publisher) in found[1]


def test_day_of_a_statement_stands_behind_it() -> None:
    """When something was said is part of the statement, since others of the same report have other days."""
    claim = evidence.find_claim("paris-2025-03-27/size-10000")
    sources = tuple(evidence.read_sources().values())
    other = replace(claim, statement="Another.", said=None)
    ((who, (report,)),) = citing.group_by_speaker([claim, other], sources)
    assert who == "Keir Starmer, Prime Minister of the United Kingdom"
    assert [statement.endswith(" (mid-March 2025).") for statement in report.statements] == [True, False]
    assert report.source == "Reported by The Kyiv Independent, 27 March 2025."
