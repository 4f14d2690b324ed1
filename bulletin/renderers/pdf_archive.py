"""What makes a PDF one for the archive: metadata in the open, and what its colours mean.

PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1), both claimed in the XMP packet.
"""

from __future__ import annotations

import datetime as dt
import struct
from functools import cache
from typing import Final

from .markup import escaped

PRODUCER: Final = "政务窗口月报系统"
COMPONENTS: Final = 3
"""Of the colours: red, green, blue."""

_UA_SCHEMA: Final = """<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
"""PDF/A (6.6.2.3) wants a description of every schema it does not know."""

_PACKET: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part><pdf:Producer>{producer}</pdf:Producer>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>{dates}
</rdf:Description>
{schema}
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def xmp(title: str, author: str, language: str, made: dt.date | None) -> bytes:
    """The metadata packet, in words that agree with the document information."""
    stamp = f"{made:%Y-%m-%d}T00:00:00+08:00" if made else ""
    names = ("CreateDate", "ModifyDate") if stamp else ()
    dates = "".join(f"\n<xmp:{name}>{stamp}</xmp:{name}>" for name in names)
    return _PACKET.format(
        producer=PRODUCER,
        title=escaped(title),
        author=escaped(author),
        language=language,
        dates=dates,
        schema=_UA_SCHEMA,
    ).encode("utf-8", "replace")


@cache
def profile() -> bytes:
    """sRGB (IEC 61966-2-1) as an ICC profile of version 4, dated nowhere.

    A matrix and one curve (ICC.1:2010 8.3.3); values of the primaries adapted to D50.
    """
    curve = _tag(b"para", struct.pack(">HH", 3, 0) + _numbers(*_CURVE))
    tags = {
        b"desc": _words("sRGB IEC61966-2.1"),
        b"cprt": _words("No copyright, use freely"),
        b"wtpt": _tag(b"XYZ ", _numbers(*_WHITE)),
        b"chad": _tag(b"sf32", _numbers(*_ADAPTED)),
        b"rXYZ": _tag(b"XYZ ", _numbers(0.43607, 0.22249, 0.01392)),
        b"gXYZ": _tag(b"XYZ ", _numbers(0.38515, 0.71687, 0.09708)),
        b"bXYZ": _tag(b"XYZ ", _numbers(0.14307, 0.06061, 0.71410)),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    return _profile(tags)


_WHITE: Final = (0.9642, 1.0, 0.8249)
_CURVE: Final = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_ADAPTED: Final = (
    *(1.04788, 0.02292, -0.05022),
    *(0.02959, 0.99048, -0.01708),
    *(-0.00925, 0.01508, 0.75168),
)
"""From D65 to D50 after Bradford."""


def _numbers(*values: float) -> bytes:
    return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))


def _tag(sort: bytes, content: bytes) -> bytes:
    data = sort + bytes(4) + content
    return data + bytes(-len(data) % 4)


def _words(text: str) -> bytes:
    raw = text.encode("utf-16-be")
    return _tag(b"mluc", struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(raw), 28) + raw)


def _profile(tags: dict[bytes, bytes]) -> bytes:
    """Header of 128 bytes, table of tags, tags; equal tags are written once."""
    offset = 132 + 12 * len(tags)
    places: dict[bytes, int] = {}
    for content in tags.values():
        if content not in places:
            places[content] = offset
            offset += len(content)
    table = b"".join(
        struct.pack(">4sII", name, places[content], len(content)) for name, content in tags.items()
    )
    sorts = (b"mntr", b"RGB ", b"XYZ ", bytes(12), b"acsp")
    head = struct.pack(">I4sI4s4s4s12s4s", offset, bytes(4), 0x04200000, *sorts)
    head = (head + bytes(28) + _numbers(*_WHITE)).ljust(128, b"\0")
    return head + struct.pack(">I", len(tags)) + table + b"".join(places)
