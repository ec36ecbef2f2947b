"""Transparency groups that change nothing: painted opaque and as they are, with nothing in them that blends.

Colours that only cover each other come to the same in a group and without one (PDF 32000-1, 11.4.2: the union of
shapes and opacities doesn't ask for the order of brackets). But what overprints in an isolated group sees nothing of
the page: composed with it, it knocks out."""

from __future__ import annotations

from typing import Any

from pikepdf import Dictionary, Name

NORMAL = (Name.Normal, Name.Compatible)
DEPTH = 24


def blends(state: Any) -> bool:
    """Whether a graphics state's dictionary sets a blend mode other than Normal; a list of them counts as one."""
    return "/BM" in state and state["/BM"] not in NORMAL


def matters(form: Any) -> bool:
    """Whether a separated form's group changes what is in it: things in it knock each other out, or blend."""
    return bool(form["/Group"].get("/K", False)) or _blending(form, 0)


def _blending(stream: Any, depth: int) -> bool:
    """Whether anything in a form or pattern blends; too deep to be looked through counts as if it did."""
    resources = stream.get("/Resources")
    if depth > DEPTH or not isinstance(resources, Dictionary):
        return depth > DEPTH
    if any(blends(state) for state in resources.get("/ExtGState", Dictionary()).values()):
        return True
    inner = [
        *(it for it in resources.get("/XObject", Dictionary()).values() if it.get("/Subtype") == Name.Form),
        *(it for it in resources.get("/Pattern", Dictionary()).values() if "/Resources" in it),
    ]
    return any(_blending(it, depth + 1) for it in inner)
