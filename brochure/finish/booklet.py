"""The booklet: the master's pages two by two on office sheets, to be folded and stapled by hand."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from brochure.finish import imposition
from brochure.finish.imposition import Half, Layout, Segment, Side
from brochure.model.booklet import Booklet
from brochure.paper import SHEETS, mm_to_pt
from brochure.stages import Product, Proof

TAGS = frozenset({"BDC", "BMC", "EMC", "MP", "DP"})  # marked content (ISO 32000-1, 14.6): nothing to mark for here
LINE = 0.25  # pt


def finish(proof: Proof, office: Booklet, usual: str = "A3") -> tuple[Product, ...]:
    """``brochure.booklet.pdf`` (``brochure.booklet.a4.pdf`` for another sheet than the ``usual`` one): front and back
    of each sheet in order, in RGB as office printers like it, without links and tags. ValueError when the pages can't
    be folded."""
    paper = proof.sheet.paper
    lies = imposition.layout(paper, SHEETS[office.sheet], float(office.margin))
    with pikepdf.open(io.BytesIO(proof.pdf)) as master, pikepdf.new() as pdf:
        sides = imposition.plan(len(master.pages), lies, float(office.caliper), office.turn)
        forms = [form(pdf, page) for page in master.pages]
        for side in sides:
            printed(pdf, side, lies, forms, imposition.marks(side, lies))
        described(pdf, master, office)
        content = saved(pdf)
    name = "brochure.booklet.pdf" if office.sheet == usual else f"brochure.booklet.{office.sheet.lower()}.pdf"
    return (Product(name, content, len(sides), (), proof.sheet.digest),)


def form(pdf: pikepdf.Pdf, page: pikepdf.Page) -> pikepdf.Object:
    """A page of the master, its bleed included, as a form whose origin is the lower left corner of its trim."""
    left, foot, *_ = (float(edge) for edge in page.trimbox)
    drawn = [step for step in pikepdf.parse_content_stream(page) if str(step.operator) not in TAGS]
    form = page.as_form_xobject(handle_transformations=False)
    form.write(pikepdf.unparse_content_stream(drawn))
    form.BBox = Array(page.mediabox)  # qpdf cuts a form at the trim
    form.Matrix = Array([1, 0, 0, 1, round(-left, 4), round(-foot, 4)])
    for key in ("/StructParents", "/StructParent"):
        if key in form:
            del form[key]
    return pdf.copy_foreign(form)


def printed(
    pdf: pikepdf.Pdf, side: Side, lies: Layout, forms: Sequence[pikepdf.Object], lines: Iterable[Segment]
) -> None:
    """Adds one side of a sheet: two pages out of all ``forms``, and the marks, ``lines`` (x1, y1, x2, y2) in mm."""
    width, height = mm_to_pt(lies.sheet.width), mm_to_pt(lies.sheet.height)
    turn = f"-1 0 0 -1 {width:.4f} {height:.4f} cm\n" if side.turned else ""
    body = "".join(_placed(half, name, lies) for half, name in ((side.left, "L"), (side.right, "R")))
    content = f"q\n{turn}{body}{_marked(lines)}Q\n"
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(width, 4), round(height, 4)]),
        Resources=Dictionary(XObject=Dictionary(L=forms[side.left.page - 1], R=forms[side.right.page - 1])),
        Contents=pdf.make_stream(content.encode()),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def _placed(half: Half, name: str, lies: Layout) -> str:
    """A page within its clip: nothing passes the fold."""
    foot, tall = mm_to_pt(lies.foot - lies.bleed), mm_to_pt(lies.height + 2 * lies.bleed)
    clip = (
        f"{mm_to_pt(half.shows_from):.4f} {foot:.4f} {mm_to_pt(half.shows_to - half.shows_from):.4f} {tall:.4f} re W n"
    )
    matrix = f"{lies.scale:.6f} 0 0 {lies.scale:.6f} {mm_to_pt(half.left):.4f} {mm_to_pt(lies.foot):.4f} cm"
    return f"q {clip} {matrix} /{name} Do Q\n"


def _marked(lines: Iterable[Segment]) -> str:
    drawn = [
        f"{mm_to_pt(x1):.4f} {mm_to_pt(y1):.4f} m {mm_to_pt(x2):.4f} {mm_to_pt(y2):.4f} l" for x1, y1, x2, y2 in lines
    ]
    return f"q 0 G {LINE} w {' '.join(drawn)} S Q\n" if drawn else ""


def described(pdf: pikepdf.Pdf, master: pikepdf.Pdf, office: Booklet) -> None:
    """The master's title and dates, and what a print dialogue should be set to."""
    for key, value in _said(master):
        pdf.docinfo[key] = String(value)
    turn = Name.DuplexFlipShortEdge if office.turn == "short edge" else Name.DuplexFlipLongEdge
    pdf.Root.ViewerPreferences = Dictionary(
        DisplayDocTitle=True, PrintScaling=Name("/None"), Duplex=turn, PickTrayByPDFSize=True
    )


def _said(master: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    for key in ("/Title", "/Author", "/Subject", "/CreationDate"):
        if key in master.docinfo:
            yield key, str(master.docinfo[key])


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The file's bytes, the same for the same content."""
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    return out.getvalue()
