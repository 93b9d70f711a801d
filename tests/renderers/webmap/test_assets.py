"""The page's scripts joined into one: what each file imports stands before it, and what cannot be joined is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.renderers.webmap.assets import join_scripts


def write(folder: Path, **files: str) -> Path:
    """Write scripts, name to text, into a folder and return it."""
    for name, text in files.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder


def test_each_script_stands_once_after_what_it_imports(tmp_path: Path) -> None:
    """Imports and exports are taken out, a file that two others import stands once, and the exports are of `geo`."""
    folder = write(
        tmp_path,
        entry='import {\n  left,\n  right,\n} from "./left.js";\nimport { base } from "./base.js";\n'
        "export function start() {}\n",
        left='import { base } from "./base.js";\nexport const left = base;\nexport const right = base;\n',
        base="export const base = 1;\n",
    )
    assert join_scripts("entry", folder).splitlines() == [
        "const geo = (() => {",
        '"use strict";',
        "const base = 1;",
        "const left = base;",
        "const right = base;",
        "function start() {}",
        "return { start };",
        "})();",
    ]


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ('import { a } from "./entry.js";\nexport const b = a;\n', "circle: entry > other > entry"),
        ("const b = 1;\n", r"entry.js imports \['b'\], which other.js does not export"),
        ("export const b = 1;\nconst a = 2;\n", "other.js and entry.js both declare a"),
    ],
    ids=["a circle", "a name that is not exported", "a name twice"],
)
def test_scripts_that_cannot_be_joined_are_refused(tmp_path: Path, other: str, message: str) -> None:
    """A circle, an import of what is not exported and two uses of one name are errors that name the files."""
    folder = write(tmp_path, entry='import { b } from "./other.js";\nexport const a = b;\n', other=other)
    with pytest.raises(ValueError, match=message):
        join_scripts("entry", folder)


@pytest.mark.parametrize("entry", ["page", "changes", "comparison", "history"])
def test_pages_give_folium_two_functions(entry: str) -> None:
    """Each kind of page hands layer and start to the map's own script, and keeps all else to itself."""
    assert join_scripts(entry).endswith("return { layer, start };\n})();\n")
