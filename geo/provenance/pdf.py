"""The place for a manifest in PDF: the XMP metadata (ISO 16684-1), not compressed, beside title and description."""

from __future__ import annotations

import io
import re
from typing import cast

from geo.provenance.seal import Container

_PACKET = """<?xpacket begin="\N{ZERO WIDTH NO-BREAK SPACE}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:geo="urn:geo-scenarios:manifest">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>en</rdf:li></rdf:Bag></dc:language>
<geo:manifest>{manifest}</geo:manifest>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_MANIFEST = re.compile(rb"<geo:manifest>([^<]*)</geo:manifest>")


def _embed(data: bytes, manifest: str) -> bytes:
    """Write a document anew with a manifest in its metadata; say its language and that its title is to be shown."""
    # here, so that a page of HTML, which gets its manifest from this room too, does not wait for it
    from xml.sax.saxutils import escape

    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

    reader = PdfReader(io.BytesIO(data))
    writer = PdfWriter(clone_from=reader)
    about = {key: str(value) for key, value in (reader.metadata or {}).items()}
    writer.metadata = about
    packet = _PACKET.format(
        title=escape(about.get("/Title", "")), subject=escape(about.get("/Subject", "")), manifest=manifest
    )
    writer.xmp_metadata = packet.encode()
    root = writer.root_object
    stream = cast(DictionaryObject, root["/Metadata"])
    stream[NameObject("/Type")] = NameObject("/Metadata")
    stream[NameObject("/Subtype")] = NameObject("/XML")
    root[NameObject("/Lang")] = TextStringObject("en")
    shown = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    root[NameObject("/ViewerPreferences")] = shown
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _extract(data: bytes) -> tuple[bytes, str] | None:
    """Return a document without its manifest, and the manifest."""
    every = list(_MANIFEST.finditer(data))
    if not every:
        return None
    found = every[-1]  # ours is written last; a title could hold the same words
    return data[: found.start()] + data[found.end() :], found[1].decode("utf-8", "replace")


CONTAINER = Container(b"%pdf", _extract, _embed)
