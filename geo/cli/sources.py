"""``geo sources``: the sources and their claims."""

from __future__ import annotations

import textwrap
from dataclasses import asdict
from typing import Any

import click

from geo.briefing import citing
from geo.cli import messages, results
from geo.cli.results import Result
from geo.scenarios import evidence
from geo.scenarios.evidence import Source


@click.command()
@results.with_result(results.LISTING)
@messages.with_quiet
def sources(result: Result) -> None:
    """List the sources and the claims reported in them.

    \b
    Example:
      geo sources
    """
    shipped = evidence.read_sources().values()
    if result.form == "json":
        messages.echo_json([_build_record(source) for source in shipped])
        return
    messages.say("\n".join(_render_source(source) for source in shipped), nl=False)


def _build_record(source: Source) -> dict[str, Any]:
    """Return a source and its claims as plain data, dates in ISO form."""
    record = asdict(source)
    record["published"] = source.published.isoformat()
    for claim in record["claims"]:
        claim["reported"] = claim["reported"].isoformat()
    return record


def _render_source(source: Source) -> str:
    """Return a source and its claims, each with who said it and who reported it."""
    head = [source.id, f"{citing.describe_text(source)}."]
    if source.note:
        head.append(source.note)
    lines = [line for text in head for line in _wrapped(text, 0)]
    # On a line of its own and never broken: an address is there to be copied.
    lines += [address for address in (source.url, source.archive) if address]
    for claim in source.claims:
        lines += ["", f"  {claim.id}  [{claim.about}]", *_wrapped(claim.statement, 4)]
        lines += _wrapped(f"{citing.describe_attribution(claim, [source])}.", 4)
    return "\n".join(lines) + "\n"


def _wrapped(text: str, indent: int) -> list[str]:
    margin = " " * indent
    return textwrap.wrap(text, 100, initial_indent=margin, subsequent_indent=margin)
