"""What MkDocs adds to the pages in docs/: live maps, options of the commands, the notebook as it runs, other files.

Nothing of it is kept in the repository; each build makes it anew with the program as it is.
"""

from __future__ import annotations

import html
import io
import logging
import re
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import click
import nbformat
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from nbclient import NotebookClient

from geo import shipped
from geo.cli import main

ROOT = Path(__file__).parent.parent
OTHERS = ["CONTRIBUTING.md", "CHANGELOG.md", "tests/benchmarks/growth.png", "maps/*.png"]
"""Files beside docs/ that its pages show or lead to; they keep their path."""

_shown: dict[str, str] = {}
"""What the notebook shows, by the mark that stands for it in its Markdown."""

_log = logging.getLogger("mkdocs.hooks.geo")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the maps, rendered now, the notebook, run now, and the files beside docs/."""
    for name, content in render_maps().items():
        files.append(File.generated(config, f"maps/{name}", content=content))
    notebook = run_notebook(ROOT / "docs" / "notebook.ipynb")
    files.append(File.generated(config, "notebook.md", content=notebook))
    for file in (file for pattern in OTHERS for file in sorted(ROOT.glob(pattern))):
        name = file.relative_to(ROOT).as_posix()
        files.append(File.generated(config, name, abs_src_path=str(file)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Point links to where the site has the file, show maps live, and add its options to each command."""
    text = re.sub(r"\]\((?:\.\./|docs/)", "](", markdown).replace("](notebook.ipynb)", "](notebook.md)")
    text = text.replace("](README.md)", "](index.md)")
    names = "|".join(shipped.scenarios())
    text = re.sub(rf"!\[([^]]*)\]\(maps/({names})\.png\)", lambda found: show_map(found[2], found[1]), text)
    if page.file.src_uri == "index.md":
        page.meta["hide"] = ["toc"]  # room for the maps
    if page.file.src_uri == "commands.md":
        text = add_options(text)
    return text


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put what the cells of the notebook show into its page, untouched by Markdown: the maps seal their scripts."""
    for mark, shown in _shown.items():
        html = html.replace(mark, shown)
    return html


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Warn, which fails a strict build, of anything that a page would load from another host."""
    loaded = re.findall(r"<(?:script|img|iframe|source)\b[^>]*\bsrc=[\"']?(?:https?:)?//[^\s\"'>]+", output)
    linked = re.findall(r"<link\b[^>]*\bhref=[\"']?(?:https?:)?//[^\s\"'>]+", output)
    own = config.site_url or "//no address"
    for tag in (tag for tag in (*loaded, *linked) if own not in tag):
        _log.warning(f"{page.file.src_uri}: is loaded from another host: {tag}")
    return output


def render_maps() -> dict[str, bytes]:
    """Return the files of `geo render --all`, name to content."""
    with tempfile.TemporaryDirectory() as folder:
        with redirect_stderr(io.StringIO()), redirect_stdout(io.StringIO()):
            main(["render", "--all", "--out", folder], standalone_mode=False)
        return {file.name: file.read_bytes() for file in sorted(Path(folder).iterdir())}


def show_map(name: str, alt: str) -> str:
    """Return the HTML of a live map, with its picture in its place where the screen is small."""
    words = html.escape(" ".join(alt.split()), quote=True)
    return (
        f'<figure class="map" markdown="0"><a href="maps/{name}.html"><img src="maps/{name}.png" alt="{words}"></a>'
        f'<iframe src="maps/{name}.html" title="{words}" loading="lazy"></iframe>'
        f'<figcaption><a href="maps/{name}.html">Open the map on a page of its own</a></figcaption></figure>'
    )


def add_options(text: str) -> str:
    """Add the table of its options to the section of every command."""
    parts = re.split(r"^(?=## )", text, flags=re.M)
    for place, part in enumerate(parts):
        if found := re.match(r"## .*`geo ([a-z ]+)`", part):
            parts[place] = f"{part.rstrip()}\n\n{''.join(write_options(found[1]))}\n"
    return "".join(parts)


def write_options(name: str) -> Iterator[str]:
    """Yield a folded table in Markdown: each option of a command, as its help tells it."""
    command: click.Command = main
    context = click.Context(main, info_name="geo")
    for word in name.split():
        assert isinstance(command, click.Group)
        command = command.get_command(context, word) or command
        context = click.Context(command, parent=context, info_name=word)
    rows = [row for param in command.get_params(context) if (row := param.get_help_record(context))]
    usage = f"{context.command_path} {' '.join(command.collect_usage_pieces(context))}"
    yield f'<details markdown="1">\n<summary>Every option of <code>{html.escape(usage)}</code></summary>\n\n'
    yield "| option | meaning |\n|---|---|\n"
    for option, meaning in rows:
        yield "| " + " | ".join((f"`{option}`", " ".join(meaning.split()).replace("|", "\\|"))) + " |\n"
    yield "\n</details>\n"


def run_notebook(file: Path) -> str:
    """Run a notebook and return it as Markdown; what its cells show is put in by `on_page_content`."""
    notebook: Any = nbformat.read(file, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        NotebookClient(notebook, timeout=120, resources={"metadata": {"path": folder}}).execute()
    lines: list[str] = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            lines.append(cell.source)
            continue
        lines.append(f"```python\n{cell.source}\n```")
        for shown in filter(None, map(write_output, cell.outputs)):
            mark = f"<!-- output {len(_shown)} -->"
            _shown[mark] = f'<div class="output">{shown}</div>'
            lines.append(mark)
    return "\n\n".join(lines) + "\n"


def write_output(output: Any) -> str:
    """Return the HTML of what a cell printed or showed: HTML and pictures before plain text."""
    if output.output_type == "stream":
        return f"<pre><code>{html.escape(output.text)}</code></pre>" if output.name == "stdout" else ""
    data = output.get("data", {})
    if "text/html" in data:
        return str(data["text/html"])
    if "image/png" in data:
        picture = data["image/png"].replace("\n", "")
        return f'<img alt="What the cell draws" src="data:image/png;base64,{picture}">'
    return f"<pre><code>{html.escape(data.get('text/plain', ''))}</code></pre>"
