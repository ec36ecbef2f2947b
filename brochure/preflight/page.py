"""A report as one HTML file: verdict, pages with numbered frames, findings with what, why and remedy. No script, no
network; built as a tree, so whatever a file calls itself is only ever text."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import PurePath
from xml.etree import ElementTree as Tree

from brochure.errors import one_line
from brochure.model.brand import Brand
from brochure.preflight.raster import Picture
from brochure.preflight.rules import RULES
from brochure.preflight.style import style
from brochure.report import Finding, Rectangle, Report

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
BADGE = 2.6  # mm, a frame's number
LEAST = 4.0  # mm: smaller spots get a frame of this size
KNOWN = {rule.id: rule for rule in RULES}
MARKS = {"not fit for press": "not", "fit for press, with warnings": "with", "fit for press": "fit"}


def page(report: Report, pictures: Sequence[Picture], brand: Brand) -> bytes:
    """The report as one self-contained HTML file."""
    html = Tree.Element("html", lang="en")
    _head(html, report, brand)
    body = _put(html, "body")
    _title(body, report)
    main = _put(body, "main")
    numbers = {id(finding): number for number, finding in enumerate(report.findings, 1)}
    shown = {picture.page: picture for picture in pictures}
    for number, group in groupby(report.findings, key=lambda finding: finding.page or 0):
        _section(main, number, list(group), numbers, shown.get(number), brand)
    _tried(main, report)
    told: bytes = Tree.tostring(html, encoding="utf-8", method="html")
    return b"<!doctype html>\n" + told


def _put(parent: Tree.Element, name: str, text: str = "", /, **attributes: str) -> Tree.Element:
    """A child element; a trailing underscore in an attribute's name falls away."""
    child = Tree.SubElement(
        parent, name, {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    )
    child.text = one_line(text) or None
    return child


def _head(html: Tree.Element, report: Report, brand: Brand) -> None:
    head = _put(html, "head")
    _put(head, "meta", charset="utf-8")
    Tree.SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": POLICY})
    _put(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    _put(head, "title", f"Preflight: {PurePath(report.file).name}")
    _put(head, "style").text = style(brand)


def _title(body: Tree.Element, report: Report) -> None:
    header = _put(body, "header")
    _put(header, "p", "Preflight", class_="eyebrow")
    _put(header, "h1", report.verdict[0].upper() + report.verdict[1:], class_=MARKS[report.verdict])
    counts = _put(header, "p", class_="counts")
    waived = sum(bool(finding.waived) for finding in report.findings)
    for count, word in ((len(report.errors), "error"), (len(report.warnings), "warning"), (waived, "waived")):
        part = _put(counts, "span")
        number = _put(part, "b", str(count))
        number.tail = word + ("s" if count != 1 and word != "waived" else "")
    facts = _put(header, "dl", class_="facts")
    told = (
        ("File", PurePath(report.file).name),
        ("Pages", str(report.pages)),
        ("Held against", f"{report.printer} ({report.variant})"),
        ("SHA-256", report.sha256),
    )
    for name, value in told:
        _put(facts, "dt", name)
        _put(facts, "dd", value)


def _section(
    main: Tree.Element,
    number: int,
    findings: list[Finding],
    numbers: Mapping[int, int],
    picture: Picture | None,
    brand: Brand,
) -> None:
    section = _put(main, "section", class_="page" if picture else "whole", id=f"page-{number}")
    _put(section, "h2", f"Page {number}" if number else "The whole file")
    if picture:
        _figure(section, findings, numbers, picture, brand)
    listed = _put(section, "ul", class_="rules")
    for group in _alike(findings):
        _rule(listed, group, numbers)


def _alike(findings: Iterable[Finding]) -> Iterator[list[Finding]]:
    """Findings of one rule that say the same, in the order of the worst."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.rule, finding.what.partition(" (and at")[0], finding.waived), []).append(finding)
    yield from sorted(groups.values(), key=lambda group: (bool(group[0].waived), group[0].severity != "error"))


def _rule(listed: Tree.Element, group: list[Finding], numbers: Mapping[int, int]) -> None:
    first = group[0]
    item = _put(listed, "li", class_="waived" if first.waived else first.severity)
    word = _put(item, "p", class_="word")
    _put(word, "b", "waived" if first.waived else first.severity).tail = f" · {first.rule}" + (
        f" · {first.waived}" if first.waived else ""
    )
    _put(item, "h3", first.what[0].upper() + first.what[1:])
    spots = _put(item, "ul", class_="spots")
    for finding in group:
        _spot(spots, finding, numbers[id(finding)])
    rule = KNOWN.get(first.rule)
    if rule:
        _put(item, "p", f"{rule.what[0].upper()}{rule.what[1:]} {rule.why}", class_="why")
    _put(item, "p", first.remedy, class_="remedy")


def _spot(spots: Tree.Element, finding: Finding, number: int) -> None:
    spot = _put(spots, "li")
    _put(spot, "span", str(number), class_="number")
    told = _put(spot, "span", finding.measured or ("here" if finding.rectangle else "found"))
    for text, kind in (
        (f"limit: {finding.limit}" if finding.limit else "", "limit"),
        (_where(finding.rectangle), "limit"),
        (finding.place, "place"),
    ):
        if text:
            _put(told, "span", text, class_=kind)
            list(told)[-1].text = f" · {one_line(text)}"


def _where(rectangle: Rectangle | None) -> str:
    return f"at {rectangle.left:.0f}, {rectangle.top:.0f} mm" if rectangle else ""


def _figure(
    section: Tree.Element, findings: list[Finding], numbers: Mapping[int, int], picture: Picture, brand: Brand
) -> None:
    """The page in millimetres, with its trim and a numbered frame for every finding that has a spot."""
    area = picture.area
    view = f"{area.left:g} {area.top:g} {area.width:g} {area.height:g}"
    label = f"Page {picture.page} with numbered frames around its findings"
    drawing = _put(_put(section, "figure"), "svg", viewBox=view, role="img", aria_label=label)
    data = "data:image/jpeg;base64," + base64.b64encode(picture.jpeg).decode()
    _put(drawing, "image", href=data, **_edges(area))
    _put(
        drawing,
        "rect",
        fill="none",
        stroke=str(brand.colours["haze"].screen),
        stroke_width="0.3",
        stroke_dasharray="2 1",
        **_edges(picture.trim),
    )
    size = max(BADGE, area.width / 60)
    for finding in sorted(findings, key=lambda it: it.severity == "error"):
        if finding.rectangle:
            _frame(drawing, finding, numbers[id(finding)], area, size, brand)


def _edges(box: Rectangle) -> dict[str, str]:
    return {"x": f"{box.left:g}", "y": f"{box.top:g}", "width": f"{box.width:g}", "height": f"{box.height:g}"}


def _frame(drawing: Tree.Element, finding: Finding, number: int, area: Rectangle, size: float, brand: Brand) -> None:
    name = "grey" if finding.waived else "ember" if finding.severity == "error" else "gold"
    colour = str(brand.colours[name].screen)
    box = _framed(finding.rectangle or area, area)
    for stroke, width in (("#fff", size / 4), (colour, size / 8)):
        _put(drawing, "rect", fill="none", stroke=stroke, stroke_width=f"{width:g}", **_edges(box))
    x = min(max(box.left, area.left + size), area.left + area.width - size)
    y = min(max(box.top, area.top + size), area.top + area.height - size)
    _put(
        drawing,
        "circle",
        cx=f"{x:g}",
        cy=f"{y:g}",
        r=f"{size:g}",
        fill=colour,
        stroke="#fff",
        stroke_width=f"{size / 8:g}",
    )
    letter = size * (1.25 if number < 100 else 0.95)
    ink = "#fff" if name != "gold" else str(brand.colours["ink"].screen)
    _put(
        drawing, "text", str(number), x=f"{x:g}", y=f"{y + letter * 0.36:g}", fill=ink, font_size=f"{letter:g}",
        text_anchor="middle", font_weight="600", font_family="system-ui, sans-serif",
    )  # fmt: skip


def _framed(box: Rectangle, area: Rectangle) -> Rectangle:
    """A finding's spot as a frame: large enough to be seen, and within the picture."""
    wide, high = max(box.width, LEAST), max(box.height, LEAST)
    left, top = box.left - (wide - box.width) / 2, box.top - (high - box.height) / 2
    left, top = max(left, area.left + 0.2), max(top, area.top + 0.2)
    right, bottom = min(left + wide, area.left + area.width - 0.2), min(top + high, area.top + area.height - 0.2)
    return Rectangle(round(left, 2), round(top, 2), round(max(right - left, 0.5), 2), round(max(bottom - top, 0.5), 2))


def _tried(main: Tree.Element, report: Report) -> None:
    section = _put(main, "section")
    broken = {finding.rule for finding in report.findings}
    _put(section, "h2", f"{len(report.rules)} rules tried, {len(set(report.rules) - broken)} without a finding")
    listed = _put(section, "ul", class_="tried")
    for id_ in report.rules:
        item = _put(listed, "li", class_="broken" if id_ in broken else "passed")
        _put(item, "b", id_).tail = f" {KNOWN[id_].what}" if id_ in KNOWN else ""
    _put(
        _put(section, "footer"),
        "p",
        "R00xx: after the Ghent Workgroup's GWG 2022 rules, checked against them and not certified. X-: what PDF/X-4 asks for. H-: rules of the house.",
    )
