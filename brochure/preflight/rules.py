"""All rules, in the order of a report."""

from __future__ import annotations

from brochure.preflight import boxes, colour
from brochure.preflight.rule import Rule, rule

RULES: tuple[Rule, ...] = tuple(map(rule, (
    boxes.user_unit,
    boxes.crop_box,
    boxes.page_sizes,
    boxes.trim_box,
    boxes.bleed_box,
    boxes.page_count,
    colour.no_ink_colour,
    colour.spot_colours,
    colour.registration_colour,
    colour.group_space,
)))  # fmt: skip
