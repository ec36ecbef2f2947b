"""The strict grammar of single values.

YAML hands over text with its position; these types decide what it means. ``NO`` stays the word NO,
``12.50`` keeps its nought, ``1504483200`` is no date, and what isn't in the grammar is refused with a
sentence that says what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetCoreSchemaHandler, ValidationInfo, model_validator
from pydantic_core import CoreSchema, core_schema

from brochure.model.dates import Age, PartialDate, Period, parse_age, parse_date, parse_period
from brochure.model.limits import limits_of, raise_it
from brochure.model.scalar import NOWHERE, Scalar, blank, refuse, single_text


class Model(BaseModel):
    """The base of all that people write: frozen, unknown keys refused, no list longer than a table may be."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    @model_validator(mode="after")
    def _not_too_long(self, info: ValidationInfo) -> Self:
        most = limits_of(info).table_rows
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, (tuple, dict)) and len(value) > most:
                what = f"“{name}” has {len(value)} entries; {most} are the limit."
                raise refuse(what, f"Split it, {raise_it('table_rows')}", name)
        return self


def scalar_type(what: str, parse: Callable[[str], Any]) -> BeforeValidator:
    """A validator that refuses lists and mappings, then parses the text."""
    return BeforeValidator(lambda value: parse(single_text(value, what)) if not _done(value) else value)


def _done(value: Any) -> bool:
    return isinstance(value, (Decimal, bool, int, float, PartialDate, Period))


DIGITS_LIMIT = 20
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII)


def parse_number(text: str) -> Decimal:
    """``1837``, ``-2.83``, ``12.50``; digits are kept as written, twenty at most."""
    if len(text) > DIGITS_LIMIT:
        raise refuse("this number has too many digits.", "Write it with a scale: million or billion.")
    if not NUMBER.fullmatch(text):
        raise refuse(f"“{text}” is not a number.", _meant(text))
    if text.startswith("-") and not Decimal(text):
        raise refuse(f"“{text}” is nought with a minus.", f"Write {text[1:]}.")
    return Decimal(text)


def _meant(text: str) -> str:
    """What to write instead of a number as people write it: 7,000, −5 or 15–18."""
    plain = text.replace("\u2212", "-")
    if re.fullmatch(r"-?[0-9]{1,3}(?:[ ,'’\u00a0\u202f][0-9]{3})+(\.[0-9]+)?", plain):
        plain = re.sub(r"[^0-9.-]", "", plain)
    if plain != text and NUMBER.fullmatch(plain):
        return f"Write {plain}."
    if ends := re.fullmatch(r"([0-9.]+) ?[-–—] ?([0-9.]+)", text, re.ASCII):
        return f"Write a range with two points: {ends[1]}..{ends[2]}."
    return "Write plain digits with a point for decimals, such as 1837 or 12.50."


def parse_whole(text: str) -> int:
    """``24``; no sign, no leading nought, twelve digits at most."""
    if not re.fullmatch(r"0|[1-9][0-9]{0,11}", text, re.ASCII):
        raise refuse(f"“{text}” is not a whole number.", "Write plain digits, such as 24.")
    return int(text)


def parse_truth(text: str) -> bool:
    """``true`` or ``false``; nothing else is either."""
    if text not in ("true", "false"):
        raise refuse(f"“{text}” is neither true nor false.", "Write true or false.")
    return text == "true"


def is_web_address(text: str) -> bool:
    """Whether it is an http or https address with a host that can exist, without white space, quotes or controls
    (RFC 3986, 3.2.2; letters of any script, as browsers take them)."""
    if not re.fullmatch(r"https?://[^\s\"'<>\\^`{|}]+", text) or not text.isprintable():
        return False
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:  # an open bracket, a port that is no number
        return False
    named = len(host) <= 253 and all(
        re.fullmatch(r"(?!-)[\w-]{1,63}(?<!-)", part) for part in host.removesuffix(".").split(".")
    )
    return (named or parts.netloc.rpartition("@")[2].startswith("[")) and port != 0 and "@" not in parts.netloc


def parse_url(text: str) -> str:
    """An http or https address; see ``is_web_address``."""
    if not is_web_address(text):
        raise refuse(f"“{text}” is no web address.", "Write the whole address, beginning with https:// or http://.")
    return text


def parse_slug(text: str) -> str:
    """An id: lower-case letters, digits, ``-`` and ``_``, beginning with a letter."""
    if not re.fullmatch(r"[a-z][a-z0-9_-]{0,63}", text, re.ASCII):
        raise refuse(f"“{text}” is no id.", "Write lower-case letters, digits, - or _, beginning with a letter.")
    return text


Number = Annotated[Decimal, scalar_type("a number", parse_number)]
Whole = Annotated[int, scalar_type("a whole number", parse_whole)]
Truth = Annotated[bool, scalar_type("true or false", parse_truth)]
Day = Annotated[PartialDate, scalar_type("a date", parse_date)]
AsOf = Annotated[Period, scalar_type("a date", parse_period)]
MaxAge = Annotated[Age, BeforeValidator(lambda v: v if isinstance(v, Age) else parse_age(single_text(v, "an age")))]
Url = Annotated[str, scalar_type("a web address", parse_url)]
Slug = Annotated[str, scalar_type("an id", parse_slug)]


#: Addresses in galleys and stylesheets are made of these names, so they hold nothing that needs escaping.
FILE_GRAMMAR = "Name files with the letters a to z, digits, - and _, without spaces, such as parks/vorsino-2.jpg."


class Ref(Scalar):
    """A mention of something by its id, with its place; ``kind`` says of what."""

    kind: ClassVar[str] = "thing"
    pattern: ClassVar[str] = r"[a-z][a-z0-9_-]{0,63}"
    called: ClassVar[str] = "id"
    grammar: ClassVar[str] = "Write lower-case letters, digits, _ or -, a letter first."

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.read)

    @classmethod
    def read(cls, value: Any) -> Self:
        """The value checked; a refusal when it doesn't obey the grammar."""
        text = single_text(value, f"the id of a {cls.kind}")
        if not re.fullmatch(cls.pattern, text, re.ASCII):
            quoted = text[:1] in "“”„‘’«»" and text.strip("“”„‘’«»")
            raise refuse(
                f"“{text}” can't be the {cls.called} of {'an' if cls.kind[0] in 'aeio' else 'a'} {cls.kind}.",
                f"Write it without these quotation marks: {quoted}." if quoted else cls.grammar,
            )
        return cls(text, getattr(value, "place", NOWHERE), getattr(value, "key", ""))


class FactRef(Ref):
    """The id of a fact, such as ``parks.vorsino.area``. ``holds``: what the fact must be to stand here, anything
    when empty; ``of_year``: its year is printed beside it, so it must have one."""

    holds: ClassVar[str] = ""
    of_year: ClassVar[bool] = False
    kind = "fact"
    pattern = r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+"
    grammar = "Write words of lower-case letters, digits and _, joined by points: parks.vorsino.area."


class LabelledFact(FactRef):
    """A fact that is shown with a label: in the page's words, or in content/<language>/labels.yaml."""

    holds = "a number, a date or names"


class SourceRef(Ref):
    """The id of a source in content/sources.yaml."""

    kind = "source"


class NameRef(Ref):
    """The id of a name in content/<language>/names.yaml."""

    kind = "name"


class InterestRef(NameRef):
    """The name of a park, a cluster or a route: what a recipient can be interested in."""


class UnitRef(Ref):
    """The id of a unit in content/<language>/units.yaml."""

    kind = "unit"
    pattern = r"[A-Za-z][A-Za-z0-9_]*"
    grammar = "Write letters, digits and _, a letter first: km2."


class PageRef(Ref):
    """The id of a page in the edition's flatplan."""

    kind = "page"


class PictureRef(Ref):
    """The path of a picture under assets/images/."""

    kind = "picture"
    pattern = r"[A-Za-z0-9][A-Za-z0-9_-]*([./][A-Za-z0-9_-]+)*\.[A-Za-z0-9]+"
    called = "file name"
    grammar = FILE_GRAMMAR


class FontFile(Ref):
    """The path of a font file under assets/."""

    kind = "font"
    called = "file name"
    pattern = r"[A-Za-z0-9][A-Za-z0-9_-]*([./][A-Za-z0-9_-]+)*\.(ttf|otf|TTF|OTF)"
    grammar = f"{FILE_GRAMMAR[:-1]}, and a font ends in .ttf or .otf."


class ProfileRef(Ref):
    """The name of an ICC profile under assets/icc/."""

    kind = "profile"
    pattern = r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}"


class Line(Scalar):
    """A short text without markup: a name, a title, an alt text."""

    limit: ClassVar[str] = "line_characters"

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(cls.read)

    @classmethod
    def read(cls, value: Any, info: ValidationInfo | None = None) -> Self:
        """The value checked; a refusal when it doesn't obey the grammar."""
        text = single_text(value, "a text").strip()
        if not text:
            raise refuse("this text is empty.", "Write the text, or remove the key.")
        if blank(text.replace("~", "")):
            raise refuse("nothing of this text can be seen: it holds only spaces.", "Write words, or remove the key.")
        most = getattr(limits_of(info), cls.limit)
        if len(text) > most:
            what = f"this text has {len(text)} characters; {most} are the limit."
            raise refuse(what, f"Shorten it, {raise_it(cls.limit)}")
        return cls(text, getattr(value, "place", NOWHERE), getattr(value, "key", ""))


class Passage(Line):
    """A longer text without markup, such as the description of a picture for readers who can't see it."""

    limit = "passage_characters"
