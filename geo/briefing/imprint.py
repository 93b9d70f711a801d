"""The imprint of an output: the day it was issued and whom to ask, if the user gives them; no clock is ever read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geo import numerals


@dataclass(frozen=True)
class Imprint:
    """When an output was issued, and whom to ask about it; None where nobody said so."""

    issued: date | None = None
    contact: str | None = None

    def head(self, kicker: str) -> str:
        """Return what stands above a title, with the day of issue behind it."""
        return f"{kicker} · issued {numerals.format_date(self.issued)}" if self.issued else kicker

    def describe(self) -> list[str]:
        """Return the imprint as sentences, none where nothing is known."""
        return [
            *([f"Issued {numerals.format_date(self.issued)}."] if self.issued else []),
            *([f"Contact: {self.contact.rstrip('.')}."] if self.contact else []),
        ]


NO_IMPRINT = Imprint()
