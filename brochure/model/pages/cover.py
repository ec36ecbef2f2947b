"""The front cover: title, event and one picture drawn from the parks' figures."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from brochure.model.charts import Charted
from brochure.model.kind import Kind
from brochure.model.logo import LogoRef
from brochure.model.markup import Text
from brochure.model.photo import Photo
from brochure.model.scalar import refuse
from brochure.model.shown import ColourRef, NumberFact
from brochure.model.values import Model, NameRef, Number, Passage
from brochure.model.words import PageWords


class Planet(Model):
    """A park in the picture. Its area is the fact ``area``, else ``parks.<name>.area`` when there is one. ``distance``
    is the fact that sets its orbit; without it ``drawn`` says at how many mm the dashed orbit runs. ``bearing``: where on
    the orbit it stands, degrees clockwise from the top; ``around``: the park whose moon it is; ``side``: of its name."""

    name: NameRef
    bearing: Number
    area: NumberFact | None = None
    distance: NumberFact | None = None
    drawn: Number | None = None
    around: NameRef | None = None
    colour: ColourRef = ColourRef("haze")
    side: Literal["left", "right", "above", "below"] = "right"

    @model_validator(mode="after")
    def _has_an_orbit(self) -> Planet:
        if (self.distance is None) == (self.drawn is None):
            raise refuse(
                "a park has one orbit.", "Write distance: with a fact, or drawn: with mm when it isn't known.", "name"
            )
        return self


class Show(Charted):
    """``planets``: the parks of the picture, ``sun``: the city that they circle. ``image``: a photograph under them,
    in the page's blues; ``logos``: the region's logo or coat of arms above the title."""

    sun: NameRef
    planets: tuple[Planet, ...]
    image: Photo | None = None
    logos: tuple[LogoRef, ...] = Field(default=(), max_length=2)

    @model_validator(mode="after")
    def _moons_have_a_park(self) -> Show:
        names = {planet.name for planet in self.planets}
        for index, planet in enumerate(self.planets):
            if planet.around is not None and planet.around not in names - {planet.name}:
                raise refuse(
                    f"“{planet.around}” is no other park of this picture.",
                    "Write the name of one, or leave around: out.",
                    f"planets.{index}.around",
                )
        return self


class Words(PageWords):
    """``caption`` says what the drawing shows, ``alt`` describes it to readers who can't see it."""

    kicker: Text
    title: Text
    event: Text
    when: Text
    caption: Text
    alt: Passage


KIND = Kind("cover", 1, Show, Words, marks=False)
