"""The composing room: Jinja2 in its sandbox, and its errors in our words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from brochure.compose.register import NoSuchFact
from brochure.compose.render import Renderer
from brochure.draw.studio import NoDrawing
from brochure.errors import Complaint, ExitCode, Place, TemplateError
from brochure.model.values import is_web_address

SLIPS = (
    TemplateSyntaxError,
    UndefinedError,
    TemplateNotFound,
    SecurityError,
    NoSuchFact,
    NoDrawing,
    TypeError,
    ValueError,
    KeyError,
    AttributeError,
    ZeroDivisionError,
    OverflowError,
)


class Compiled(BytecodeCache):
    """Templates compiled once in a run: every language, and every page, composes with the same ones."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Takes the compiled template, when its source is still the same."""
        if found := self.kept.get((bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps a compiled template."""
        self.kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


COMPILED = Compiled()


def environment(templates: Mapping[str, str], renderer: Renderer) -> ImmutableSandboxedEnvironment:
    """A sandbox that escapes everything, whatever a template is called, and knows only this house's templates."""

    def find(name: str) -> tuple[str, str, None] | None:
        source = templates.get(name)
        return None if source is None else (source, f"templates/{name}", None)

    room = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(find),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=renderer.finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[],
        bytecode_cache=COMPILED,
    )
    room.filters["url"] = url
    return room


def url(address: str) -> str:
    """An address that a template may link to: http, https, mailto, tel, or a place in the brochure."""
    plain = re.fullmatch(r"(mailto:|tel:|#)[^\s\"'<>]*", str(address))
    if not (plain or is_web_address(str(address))):
        raise ValueError(f"a link can't lead to “{address}”")
    return address


def render(room: ImmutableSandboxedEnvironment, template: str, content: str, values: Mapping[str, Any]) -> str:
    """The template filled; TemplateError with template, line and the content file that was being set."""
    try:
        return room.get_template(template).render(values)
    except SLIPS as error:
        raise TemplateError([_complaint(error, template, content)]) from error


def _complaint(error: Exception, template: str, content: str) -> Complaint:
    place = _where(error, template)
    what = f"{_said(error)} (while setting {content})"
    remedy = (
        "Compare the name with the page kind's model." if isinstance(error, UndefinedError) else "Mend the template."
    )
    return Complaint(place, what, remedy, ExitCode.TEMPLATE)


def _said(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return f"there is no template “{error.name}”."
    if isinstance(error, NoSuchFact):
        return str(error)
    return f"{str(error.args[0] if error.args else error).rstrip('.')}."


def _where(error: Exception, template: str) -> Place:
    """The line of the innermost template in the traceback."""
    if isinstance(error, TemplateSyntaxError):
        return Place(error.filename or f"templates/{template}", error.lineno)
    line, file = 1, f"templates/{template}"
    trace = error.__traceback__
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith("templates/"):
            file, line = name, trace.tb_lineno
        trace = trace.tb_next
    return Place(file, line)
