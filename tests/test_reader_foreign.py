"""Files of other people: cut short in the post, crowded beyond measure, without an edge."""

from __future__ import annotations

import pypdfium2
import pytest
from conftest import shipped
from rawpdf import bar, sheet
from test_preflight import coded, judged

from brochure import preflight

HOUSE = shipped()
PRINTER = HOUSE.printers[HOUSE.default_printer]


def test_a_file_that_was_cut_short_is_told_with_its_pictures() -> None:
    """Without its last bytes qpdf mends a file and PDFium opens it no more: findings, pictures and codes all the same."""
    cut = coded(15)[:-60]
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(cut)
    found = preflight.examined(cut, PRINTER, HOUSE.brand, "x.pdf", 20)

    assert {finding.rule for finding in found.report.findings} >= {"X-damage", "H-qr-size"}
    assert [picture.page for picture in found.pictures] == [1]


def test_a_page_of_millions_of_operators_is_told() -> None:
    """What would fill the memory before it could be counted is counted first."""
    crowded = sheet("1 1 m 9 9 l S\n" * 900_000)
    found = preflight.examine(crowded, PRINTER, HOUSE.brand, "x.pdf")

    assert "more than 2000000 drawing operators" in {finding.what for finding in found.findings}


def test_a_finding_ends_with_the_sheet() -> None:
    """A gradient without a clipping fills the plane; what is told of it lies on the sheet."""
    shading = "<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 1 0] /Extend [true true] /Function << /FunctionType 2 /Domain [0 1] /N 1 /C0 [1 0 0] /C1 [0 0 1] >> >>"
    findings = judged(sheet("/Sh sh\n", base=bar(0, 0, 1, 1), resources=f"/Shading << /Sh {shading} >>"))
    spots = [finding.rectangle for finding in findings if finding.rule == "R0027" and finding.rectangle]

    assert [(round(it.left), round(it.top), round(it.width), round(it.height)) for it in spots] == [(-3, -3, 106, 106)]
