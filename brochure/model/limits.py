"""content/limits.yaml: what this house takes at most. Every limit is a default that the file may change.

The defaults are what the setter is known to bear (2 GiB, 60 s and 2 s a page). Each has a ceiling of its own
beyond which the libraries below refuse or the machine gives up: no setting lifts that.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationInfo, model_validator

from brochure.model.scalar import refuse, single_text

LIMITS_FILE = "content/limits.yaml"


def _whole(value: Any) -> int:
    if isinstance(value, int):
        return value
    text = single_text(value, "a limit")
    if not re.fullmatch(r"[1-9][0-9]{0,11}", text, re.ASCII):
        raise refuse(f"“{text}” is no limit.", "Write a whole number above nought in plain digits, such as 200.")
    return int(text)


def _most(ceiling: int) -> AfterValidator:
    def within(value: int) -> int:
        if value > ceiling:
            raise refuse(f"{value} is more than this limit can be raised to.", f"Write {ceiling} or less.")
        return value

    return AfterValidator(within)


Count = Annotated[int, BeforeValidator(_whole)]


class Limits(BaseModel):
    """The published limits. Files: ``file_megabytes`` (MB), ``file_entries`` (nodes of YAML), ``file_depth``
    (levels). Texts, in characters: ``text_characters`` (a running text), ``cell_characters`` (a label, or a text in a
    table, a list or a grid: WeasyPrint's grid is quadratic in it), ``passage_characters`` (a description),
    ``line_characters`` (a line without markup), ``page_characters`` (all that one page says; a full A4 page holds
    5,000). ``pages`` of a flatplan; a table's ``table_rows``, ``table_columns`` and ``table_span`` (cells that one
    takes). ``pictures``, ``picture_megabytes`` (MB), ``picture_megapixels`` (Mpx of one; Pillow itself refuses 179)
    and ``all_megapixels`` (Mpx of an edition); ``drawing_megabytes`` (MB of an SVG) and ``drawing_elements``
    (once every <use> is unfolded); ``fonts`` (files of the brand) and ``font_megabytes`` (MB); ``profile_megabytes``
    (MB of an ICC profile), ``asset_megabytes`` (MB of a stylesheet or a map). The setter: ``setter_megabytes`` (MiB of address space), ``setter_seconds`` for a job,
    ``setter_seconds_a_page`` on top, ``setter_seconds_most`` in all, ``setter_layouts`` before it is replaced.
    ``plain_texts``: how many texts of one language may be marked {=…}. A list of recipients: ``recipients`` (rows),
    ``recipient_characters`` (of one cell), ``recipients_megabytes`` (MB)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file_megabytes: Annotated[Count, _most(50)] = 1
    file_entries: Annotated[Count, _most(2_000_000)] = 50_000
    file_depth: Annotated[Count, _most(200)] = 32
    text_characters: Annotated[Count, _most(200_000)] = 20_000
    cell_characters: Annotated[Count, _most(20_000)] = 2_000
    passage_characters: Annotated[Count, _most(20_000)] = 2_000
    line_characters: Annotated[Count, _most(5_000)] = 500
    page_characters: Annotated[Count, _most(50_000)] = 10_000
    pages: Annotated[Count, _most(2_000)] = 200
    table_rows: Annotated[Count, _most(10_000)] = 500
    table_columns: Annotated[Count, _most(100)] = 12
    table_span: Annotated[Count, _most(1_000)] = 20
    pictures: Annotated[Count, _most(5_000)] = 300
    picture_megabytes: Annotated[Count, _most(500)] = 50
    picture_megapixels: Annotated[Count, _most(170)] = 100
    all_megapixels: Annotated[Count, _most(20_000)] = 500
    drawing_megabytes: Annotated[Count, _most(50)] = 2
    drawing_elements: Annotated[Count, _most(100_000)] = 5_000
    fonts: Annotated[Count, _most(200)] = 20
    font_megabytes: Annotated[Count, _most(200)] = 20
    asset_megabytes: Annotated[Count, _most(500)] = 20
    profile_megabytes: Annotated[Count, _most(50)] = 5
    setter_megabytes: Annotated[Count, _most(65_536)] = 2_048
    setter_seconds: Annotated[Count, _most(3_600)] = 60
    setter_seconds_a_page: Annotated[Count, _most(600)] = 2
    setter_seconds_most: Annotated[Count, _most(3_600)] = 600
    setter_layouts: Annotated[Count, _most(10_000)] = 200
    plain_texts: Annotated[Count, _most(10_000)] = 30
    recipients: Annotated[Count, _most(1_000_000)] = 100_000
    recipient_characters: Annotated[Count, _most(100_000)] = 10_000
    recipients_megabytes: Annotated[Count, _most(500)] = 50

    @model_validator(mode="after")
    def _setter_can_start(self) -> Limits:
        if self.setter_megabytes < 512:
            raise refuse("the setter can't start in so little memory.", "Give it 512 or more.", "setter_megabytes")
        return self

    def seconds(self, pages: int) -> float:
        """How long the setter may take for so many pages."""
        return min(self.setter_seconds + self.setter_seconds_a_page * pages, self.setter_seconds_most)


DEFAULTS = Limits()


def limits_of(info: ValidationInfo | None) -> Limits:
    """The limits that a model is validated under: the house's, or the defaults."""
    context = info.context if info else None
    return context if isinstance(context, Limits) else DEFAULTS


def raise_it(name: str) -> str:
    """The second half of every remedy: which setting lifts a limit."""
    return f"or raise {name} in {LIMITS_FILE}."
