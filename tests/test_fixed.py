"""Files most of whose objects stay: packed once, finished again and again."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from brochure.finish.fixed import Fixed, Master, said

SCRAPS = ("(12 0 R) ", r"\) 7 0 R \( ", "<3 0 R>")


def whole(content: bytes = b"BT ET", more: int = 150) -> bytes:
    """A file of one page, with objects that only its catalogue knows."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(100, 100))
        pdf.pages[0].Contents = pdf.make_stream(content)
        pdf.Root.Note = pdf.make_indirect(Dictionary(Told=String("common")))
        pdf.Root.Kept = Array(
            [pdf.make_indirect(Dictionary(N=number, Says=String(SCRAPS[number % 3]))) for number in range(more)]
        )
        pdf.docinfo["/Title"] = String("Common")
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def fixed(content: bytes) -> Fixed:
    """A file whose page and note are written anew each time."""
    with Master(content).open() as pdf:
        return Fixed(pdf, (pdf.pages[0].obj, pdf.Root.Note), Master(content))


def finished(it: Fixed, told: str, content: bytes = b"q Q") -> bytes:
    """The file for one reader: the note says it, the page shows it."""
    with pikepdf.open(io.BytesIO(it.outline)) as small:
        page, note = small.Root.Loose
        note.Told = String(told)
        page.Contents = small.make_stream(content)
        page.Annots = Array([small.make_indirect(Dictionary(Type=Name.Annot, Contents=String(told)))])
        return it.file(small)


def test_what_is_fixed_stays_and_what_is_loose_is_each_readers_own() -> None:
    """Every object of the original is there, strings that look like references unharmed; nothing of another reader."""
    it = fixed(whole())
    anna, boris = finished(it, "Anna"), finished(it, "Boris")
    for told, other, content in (("Anna", "Boris", anna), ("Boris", "Anna", boris)):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert pdf.check_pdf_syntax() == []
            assert [str(kept.Says) for kept in pdf.Root.Kept] == [SCRAPS[number % 3] for number in range(150)]
            assert (str(pdf.Root.Note.Told), str(pdf.docinfo["/Title"])) == (told, "Common")
            assert [str(note.Contents) for note in pdf.pages[0].Annots] == [told]
            assert pdf.pages[0].Contents.read_bytes() == b"q Q"
            assert other.encode() not in b"".join(said(thing).texts[0] for thing in pdf.objects if thing.objgen[0])


def test_the_bytes_depend_on_the_content_alone() -> None:
    """Not on what was written before, nor on numbers that the original had; each file has an identifier of its own."""
    it = fixed(whole())
    first, second = finished(it, "Anna"), finished(it, "Boris")

    assert finished(it, "Anna") == first == finished(fixed(whole()), "Anna")
    with pikepdf.open(io.BytesIO(first)) as one, pikepdf.open(io.BytesIO(second)) as two:
        assert bytes(one.trailer.ID[0]) != bytes(two.trailer.ID[0])


@pytest.mark.parametrize("length", range(0, 400, 57))
def test_no_packed_stream_ends_with_a_carriage_return(length: int) -> None:
    """ISO 19005-2, 6.1.7.1: a reader could take it for a part of the line's end. One packing of 256 would have it."""
    it = fixed(whole(more=3))
    for number in range(40):
        content = finished(it, "x" * length + str(number), zlib.compress(b"q Q") + b"\n")

        assert b"\r\nendstream" not in content
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert str(pdf.Root.Note.Told) == "x" * length + str(number)
