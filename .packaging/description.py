"""What a package index shows of the project: README.md, with links and pictures that lead somewhere there.

A relative link leads nowhere on an index. Where PROJECT_HOME gives the address of the project's repository when the
package is built, links, pictures and the project's addresses are made of it. Without it, pictures are left out and
links are words.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class DescriptionHook(MetadataHookInterface):
    """Fill in the fields that pyproject.toml calls dynamic."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add the description, and the addresses if the project's home is known."""
        home = os.environ.get("PROJECT_HOME", "").rstrip("/")
        text = Path(self.root, "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": write_description(text, home)}
        metadata["urls"] = build_addresses(home)


def write_description(text: str, home: str) -> str:
    """Return the README with absolute links and pictures, or without any where there is no home."""
    picture, link = r"!\[([^]]*)\]\((?!https?:)([^)]+)\)", r"(?<!!)\[([^]]+)\]\((?!https?:)([^)]+)\)"
    if home:
        text = re.sub(picture, rf"![\1]({home}/raw/HEAD/\2)", text)
        return re.sub(link, rf"[\1]({home}/blob/HEAD/\2)", text)
    return re.sub(link, r"\1", re.sub(picture + r"\n*", "", text))


def build_addresses(home: str) -> dict[str, str]:
    """Return the addresses that an index shows beside the description."""
    if not home:
        return {}
    return {
        "Repository": home,
        "Issues": f"{home}/issues",
        "Changelog": f"{home}/blob/HEAD/CHANGELOG.md",
        "Documentation": f"{home}/blob/HEAD/docs/index.md",
    }
