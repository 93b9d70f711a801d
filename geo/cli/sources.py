"""``geo sources``: the sources and their claims."""

from __future__ import annotations

import click

from geo.cli import messages, options


@click.command()
@options.with_json
def sources(as_json: bool) -> None:
    """List the sources and the claims reported in them.

    \b
    Example:
      geo sources
    """
    from geo.cli import citations
    from geo.scenarios import evidence

    shipped = evidence.read_sources().values()
    if as_json:
        messages.echo_json([citations.build_source_record(each) for each in shipped])
        return
    click.echo("\n".join(citations.render_source(each) for each in shipped), nl=False)
