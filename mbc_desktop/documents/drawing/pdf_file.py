"""The file around the pages: ReportLab's objects and the tree for screen readers, packed together. Small objects share one
compressed stream, without which the tree would double the size of a page (ISO 32000-1, 7.5.7 and 7.5.8)."""

from __future__ import annotations

import re
import zlib

from mbc_desktop.documents.drawing.structure import Structure

_OBJECT = re.compile(rb"(\d+) 0 obj\n")
_KIDS = re.compile(rb"/Kids \[ ([^\]]*)\]")
_TRAILER = re.compile(rb"/ID \s*(\[.*?\]).*?/Info (\d+ 0 R)\s*/Root (\d+) 0 R", re.S)
_IDLE = (
    b" /ProcSet [ /PDF /Text /ImageB /ImageC /ImageI ]",
    b"/FormType 1 ",
    b"/Matrix [ 1 0 0 1 0 0 ] ",
    b"/Rotate 0 /Trans <<\n\n>> ",
)
_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def packed(content: bytes, structure: Structure) -> bytes:
    """The file that ReportLab wrote, with the tree in it, written anew and smaller. The same content gives the same bytes."""
    objects = _objects(content)
    trailer = _TRAILER.search(content[content.rindex(b"trailer") :])
    if trailer is None:
        raise ValueError("the trailer of the PDF cannot be read")
    identifiers, info, root = trailer.groups()
    pages = _pages(objects)
    tree = max(objects) + 1
    for index, page in enumerate(pages):
        objects[page] = _with(objects[page], b"/StructParents %d/Tabs/S" % index)
    objects[int(root)] = _with(
        objects[int(root)], b"/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R/ViewerPreferences<</DisplayDocTitle true>>" % tree
    )
    objects |= {tree + index: item for index, item in enumerate(structure.objects(tree, pages))}
    return _file(objects, b"/ID %s/Info %s/Root %s 0 R" % (identifiers.split(b"%")[0].strip(), info, root))


def _objects(content: bytes) -> dict[int, bytes]:
    """Each object by its number, as its table of places tells."""
    table = content.rindex(b"xref\n0 ", 0, content.rindex(b"trailer"))
    places = [int(line[:10]) for line in content[table:].splitlines()[3:] if line[17:18] == b"n"]
    found: dict[int, bytes] = {}
    for begin, end in zip(sorted(places), [*sorted(places)[1:], table], strict=True):
        head = _OBJECT.match(content, begin)
        if head is None:
            raise ValueError("an object of the PDF cannot be read")
        found[int(head[1])] = _lean(content[head.end() : content.rindex(b"endobj", begin, end)])
    return found


def _lean(body: bytes) -> bytes:
    """The object without entries that only repeat what holds anyway."""
    entries, stream, rest = body.partition(b"\nstream\n")
    for idle in _IDLE:
        entries = entries.replace(idle, b"")
    return entries + stream + rest


def _pages(objects: dict[int, bytes]) -> list[int]:
    """The numbers of the page objects, in the order of the pages."""
    (kids,) = (match[1] for body in objects.values() if b"/Type /Pages" in body for match in [_KIDS.search(body)] if match)
    return [int(number) for number in kids.split()[::3]]


def _with(body: bytes, entries: bytes) -> bytes:
    end = body.rindex(b">>")
    return body[:end] + entries + body[end:]


def _file(objects: dict[int, bytes], trailer: bytes) -> bytes:
    """Streams one by one, everything else in one compressed stream, then the table of places."""
    loose = {number: body for number, body in objects.items() if b"\nstream\n" in body}
    shared = [number for number in sorted(objects) if number not in loose]
    holder, last = max(objects) + 1, max(objects) + 2
    parts, at, places = [_HEAD], len(_HEAD), {}
    for number, body in [*sorted(loose.items()), (holder, _holder([objects[one].strip() for one in shared], shared))]:
        places[number] = at
        parts.append(b"%d 0 obj\n%sendobj\n" % (number, body))
        at += len(parts[-1])
    places[last] = at
    inside = {number: position for position, number in enumerate(shared)}
    rows = [_row(0, 0, 0xFFFF)]
    for number in range(1, last + 1):
        rows.append(_row(2, holder, inside[number]) if number in inside else _row(1, places[number], 0))
    table = b"/Type/XRef/Size %d/W[1 4 2]%s" % (last + 1, trailer)
    parts.append(b"%d 0 obj\n%sendobj\nstartxref\n%d\n%%%%EOF\n" % (last, _stream(table, b"".join(rows)), at))
    return b"".join(parts)


def _row(kind: int, first: int, second: int) -> bytes:
    """A place: 1 = how far into the file, 2 = in which shared stream and the how manyth there, 0 = free."""
    return kind.to_bytes(1, "big") + first.to_bytes(4, "big") + second.to_bytes(2, "big")


def _holder(bodies: list[bytes], numbers: list[int]) -> bytes:
    places, at = [], 0
    for number, body in zip(numbers, bodies, strict=True):
        places.append(b"%d %d" % (number, at))
        at += len(body) + 1
    head = b" ".join(places) + b"\n"
    return _stream(b"/Type/ObjStm/N %d/First %d" % (len(bodies), len(head)), head + b"\n".join(bodies))


def _stream(entries: bytes, content: bytes) -> bytes:
    pressed = zlib.compress(content, 9)
    return b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\n" % (entries, len(pressed), pressed)
