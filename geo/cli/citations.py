"""Sources and their claims as plain data, and as text for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from geo import numerals
from geo.scenarios.evidence import Claim, Source


def build_source_record(source: Source) -> dict[str, Any]:
    """Return a source and its claims as plain data, dates in ISO form."""
    record = asdict(source)
    record["published"] = source.published.isoformat()
    for claim in record["claims"]:
        claim["reported"] = claim["reported"].isoformat()
    return record


def render_source(source: Source) -> str:
    """Return a source and its claims, each with who said it and who reported it."""
    head = [source.id, f"{source.title} ({source.publisher}, {numerals.format_date(source.published)})."]
    if source.note:
        head.append(source.note)
    lines = [line for text in head for line in _wrapped(text, 0)]
    for claim in source.claims:
        lines += ["", *_claim_lines(claim)]
    return "\n".join(lines) + "\n"


def _claim_lines(claim: Claim) -> Iterator[str]:
    yield f"  {claim.id}  [{claim.about}]"
    yield from _wrapped(claim.statement, 4)
    reporter = f", reported by {claim.reported_by}" if claim.reported_by else ""
    when = f"said {claim.said}" if claim.said else f"reported {numerals.format_date(claim.reported)}"
    yield from _wrapped(f"— {claim.attributed_to}{reporter}, {when}", 4)


def _wrapped(text: str, indent: int) -> list[str]:
    margin = " " * indent
    return textwrap.wrap(text, 100, initial_indent=margin, subsequent_indent=margin)
