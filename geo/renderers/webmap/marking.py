"""The handling line of a page when it is printed: at the top and the bottom of every sheet."""

from __future__ import annotations


def print_styles(text: str | None) -> list[str]:
    """Return a style sheet that prints a text in the page margins, every character of it escaped; none for none."""
    if not text:
        return []
    words = "".join(f"\\{ord(character):06x}" for character in text)
    box = f'{{ content: "{words}"; font: bold 11px sans-serif; }}'
    return [f"@page {{ @top-center {box} @bottom-center {box} }}\n"]
