"""What a run came to, for people: one HTML file with a picture of each file's first page. No script, no network; built
as a tree, so whatever a title says is only ever text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as Tree

from brochure import deliver
from brochure.errors import one_line
from brochure.house import House
from brochure.preflight.page import POLICY
from brochure.preflight.style import style

MOST = 100  # complaints of one failed cell
SHEET = """
header h1{text-wrap:balance}
nav{display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;margin-top:1.2rem;font-size:.95rem}
nav a{color:var(--honey)}
.edition{padding-bottom:0}.edition h2{font-size:2.6rem;margin-bottom:.3rem}.edition+section{border:0;padding-top:1rem}
section>p{margin:0 0 1.2rem;color:var(--grey)}
.cards{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(10.5rem,1fr));gap:2rem 1.6rem}
.cards>li{min-width:0}
.cards a{color:inherit;text-decoration:none;display:block}
.cards img,.none{display:block;width:100%;height:14.2rem;object-fit:contain;object-position:left bottom}
.cards img{filter:drop-shadow(0 1px 2px rgb(0 0 0/.25)) drop-shadow(0 6px 14px rgb(15 39 68/.16))}
.none{border:1px dashed var(--haze)}
.cards h3{margin:.8rem 0 .15rem;overflow-wrap:anywhere}
.cards a:hover h3,.cards a:focus h3{text-decoration:underline}
.cards p{margin:0;font-size:.85rem;color:var(--grey);font-variant-numeric:tabular-nums}
.cards .says{display:flex;gap:.45rem;align-items:baseline;margin-top:.25rem;color:var(--ink)}
.says::before{content:"";flex:none;width:.6em;height:.6em;border-radius:50%;background:var(--mark);align-self:center}
.old{--mark:var(--silver,#B4B4B4)}.old img{opacity:.55}
.more{font-size:.9rem;margin:1.6rem 0 0;padding:0;list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.4rem}
.more a{color:var(--night)}
.failed{border-left:3px solid var(--ember);padding-left:1rem;margin:0 0 1.6rem}
.failed h3{margin:0 0 .4rem}
.failed ul{margin:0;padding:0;list-style:none;font:.82rem/1.5 ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.failed li{margin:.2rem 0}
@media print{.cards>li{break-inside:avoid}nav{display:none}.cards img{height:45mm}}
"""
#: How a verdict looks: the classes of the preflight's report.
MARKS = {"not fit for press": "not", "fit for press, with warnings": "with", "fit for press": "fit"}


def edition(house: House, body: Mapping[str, Any], small: Mapping[str, str]) -> bytes:
    """The report of one edition, which lies in its folder. ``small``: JPEGs in base64 by a file's sha256."""
    return _page(house, [(body, "", small)], _title(house, body["edition"]))


def write(house: House, out: Path, bodies: Mapping[str, Mapping[str, Any]]) -> None:
    """``out/report.html`` and ``out/manifest.json`` over all editions; pictures come out of the editions' folders.
    MachineError when they can't be written."""
    parts = [(body, f"{name}/", deliver.pictures(out / name)) for name, body in bodies.items()]
    deliver.written(out / "report.html", _page(house, parts, "All editions"))
    said = {"editions": {name: {k: v for k, v in body.items() if k != "edition"} for name, body in bodies.items()}}
    listed = json.dumps(said, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    deliver.written(out / "manifest.json", listed.encode())


Part = tuple[Mapping[str, Any], str, Mapping[str, str]]


def _page(house: House, parts: Sequence[Part], title: str) -> bytes:
    html = Tree.Element("html", lang="en")
    head = _put(html, "head")
    _put(head, "meta", charset="utf-8")
    Tree.SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": POLICY})
    _put(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    _put(head, "title", f"Report: {title}")
    brand = house.dressed(parts[0][0]["edition"]).brand if len(parts) == 1 else house.brand
    _put(head, "style").text = style(brand) + SHEET
    body = _put(html, "body")
    _header(body, parts, title, house)
    main = _put(body, "main")
    for part in parts:
        _edition(main, house, part, title)
    return b"<!doctype html>\n" + bytes(Tree.tostring(html, encoding="utf-8", method="html"))


def _put(parent: Tree.Element, name: str, text: str = "", /, **attributes: str) -> Tree.Element:
    """A child element; a trailing underscore in an attribute's name falls away."""
    child = Tree.SubElement(parent, name, {key.rstrip("_"): value for key, value in attributes.items()})
    child.text = one_line(text) or None
    return child


def _title(house: House, name: str) -> str:
    """What an edition is called in the first of its languages that says so."""
    tags = house.editions[name].languages if name in house.editions else ()
    said = [house.languages[tag].editions.get(name) for tag in tags if tag in house.languages]
    return next((str(words.title) for words in said if words is not None), name)


def _header(body: Tree.Element, parts: Sequence[Part], title: str, house: House) -> None:
    listed = [item for part, _, _ in parts for item in _files(part)]
    files = [item for item in listed if not _picture(item)]
    failed = [item for part, _, _ in parts for item in part.get("failed", ())]
    old = [item for item in files if item.get("outdated")]
    header = _put(body, "header")
    _put(header, "p", "Report" if len(parts) > 1 else f"Report · {parts[0][0]['edition']}", class_="eyebrow")
    fit = "not" if failed else "with" if old or any(_mark(item) == "not" for item in files) else "fit"
    _put(header, "h1", title, class_=fit)
    counts = _put(header, "p", class_="counts")
    told = (
        (len(files), "file" if len(files) == 1 else "files"),
        *([(len(listed) - len(files), _pictured(len(listed) - len(files)))] if len(listed) > len(files) else []),
        (len(failed), "not made"),
        (len(old), "of an earlier run"),
    )
    for count, word in told:
        _put(_put(counts, "span"), "b", str(count)).tail = word
    if len(parts) > 1:
        nav = _put(header, "nav")
        for part, folder, _ in parts:
            _put(nav, "a", _title(house, part["edition"]), href=f"#{folder.strip('/')}")


def _files(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    return list(body.get("files", ()))


def _picture(item: Mapping[str, Any]) -> bool:
    """Whether it is the picture of a page: told by number, not shown one by one."""
    return "/pages/" in str(item["path"])


def _pictured(count: int) -> str:
    return "page picture" if count == 1 else "page pictures"


def _edition(main: Tree.Element, house: House, part: Part, title: str) -> None:
    body, folder, small = part
    said = _title(house, body["edition"])
    if said != title:
        section = _put(main, "section", class_="edition", id=folder.strip("/"))
        _put(section, "h2", said)
        _put(section, "p", str(body["edition"]))
    for failed in body.get("failed", ()):
        _failed(_put(main, "section") if failed is body["failed"][0] else list(main)[-1], failed)
    languages: dict[str, list[dict[str, Any]]] = {}
    for item in _files(body):
        languages.setdefault(str(item["path"]).partition("/")[0], []).append(item)
    order = list(house.editions[body["edition"]].languages) if body["edition"] in house.editions else []
    for tag in sorted(languages, key=lambda tag: (order.index(tag) if tag in order else len(order), tag)):
        _language(_put(main, "section"), house, tag, languages[tag], folder, small)


def _failed(section: Tree.Element, failed: Mapping[str, Any]) -> None:
    """A cell that nothing came of, with its complaints."""
    if not len(section):
        _put(section, "h2", "Not made")
    box = _put(section, "div", class_="failed")
    asked = failed.get("order") or {}
    _put(box, "h3", " · ".join(map(str, asked.values())) or "the whole edition")
    listed = _put(box, "ul")
    lines = list(failed.get("complaints", ()))
    for line in lines[:MOST]:
        _put(listed, "li", str(line))
    if lines[MOST:]:
        _put(listed, "li", f"and {len(lines) - MOST} more.")


def _language(
    section: Tree.Element,
    house: House,
    tag: str,
    items: Sequence[dict[str, Any]],
    folder: str,
    small: Mapping[str, str],
) -> None:
    _put(section, "h2", str(house.languages[tag].words.name) if tag in house.languages else tag)
    cards = _put(section, "ul", class_="cards")
    more = _put(section, "ul", class_="more")
    for item in items:
        if _picture(item):
            continue
        picture = small.get(item["sha256"])
        if picture:
            _card(cards, item, folder, picture, _called(house, tag, item))
        else:
            _put(_put(more, "li"), "a", _name(item), href=quote(folder + item["path"]))
    if count := sum(map(_picture, items)):
        _put(_put(more, "li"), "a", f"{count} {_pictured(count)}", href=quote(f"{folder}{tag}/pages/"))
    for index in [index for index, listed in enumerate((cards, more)) if not len(listed)][::-1]:
        section.remove((cards, more)[index])


def _name(item: Mapping[str, Any]) -> str:
    return str(item["path"]).partition("/")[2]


def _called(house: House, tag: str, item: Mapping[str, Any]) -> str:
    """A file as people call it: Kaluga-Yug · print; its own name is in its link."""
    stem, _, kind = _name(item).rpartition("/")[2].removesuffix(".pdf").partition(".")
    names = house.languages[tag].names if tag in house.languages else {}
    said = str(names[stem]) if stem in names else stem.replace("_", " ").capitalize()
    return " · ".join([said, *filter(None, kind.split("."))])


def _card(cards: Tree.Element, item: Mapping[str, Any], folder: str, picture: str, called: str) -> None:
    """A file: its first page, what it is called, how large it is, what it claims and how it was judged."""
    old = bool(item.get("outdated"))
    card = _put(cards, "li", class_="old" if old else "")
    link = _put(card, "a", href=quote(folder + str(item["path"])))
    _put(link, "img", src=f"data:image/jpeg;base64,{picture}", alt="")
    _put(link, "h3", called)
    pages = f"{item['pages']} page{'s' if item['pages'] != 1 else ''}"
    _put(card, "p", " · ".join([pages, f"{item['bytes'] / 1e6:.2f} MB"]))
    if item.get("claims"):
        _put(card, "p", ", ".join(map(str, item["claims"])))
    for said, kind in _says(item, old):
        _put(card, "p", said, class_=f"says {kind}")


def _says(item: Mapping[str, Any], old: bool) -> Iterator[tuple[str, str]]:
    if item.get("verdict"):
        yield str(item["verdict"]), _mark(item)
    if old:
        yield "of an earlier run", "old"


def _mark(item: Mapping[str, Any]) -> str:
    return MARKS.get(str(item.get("verdict", "")), "")
