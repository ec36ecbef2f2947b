"""A page's content, walked from end to end."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Stream

from brochure.preflight.glyphs import Face
from brochure.preflight.matrix import IDENTITY
from brochure.preflight.operators import OPERATORS
from brochure.preflight.walk import UNREADABLE, Enough, Walk


def walked(page: Any, number: int, faces: dict[Any, Face], parsed: dict[Any, Any]) -> Walk:
    """Everything that a page draws, in painting order; never raises for what the file holds. ``faces``
    and ``parsed`` (streams by object, pages by index) are shared between pages."""
    found = Walk(IDENTITY, OPERATORS, known_faces=faces, parsed=parsed)
    try:
        resources = page.obj.get("/Resources")
        found.resources = resources if isinstance(resources, Dictionary) else Dictionary()
        if isinstance(page.obj.get("/Group"), Dictionary):
            found.group(page.obj["/Group"])
        contents = page.obj.get("/Contents")
        if isinstance(contents, (Stream, Array)):
            found.content(page, resources, number - 1)
    except Enough as much:
        found.flaw(str(much))
        found.exhausted = True
    except MemoryError:
        found.flaw("its content doesn't fit into memory")
        found.exhausted = True
    except UNREADABLE as error:
        found.flaw(f"the page can't be read ({type(error).__name__})")
    return found
