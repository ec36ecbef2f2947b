"""All rules, in the order of a report."""

from __future__ import annotations

from brochure.preflight import boxes, claims, codes, colour, edges, file, fonts, ink, lines, pictures, text
from brochure.preflight.rule import Rule, rule

RULES: tuple[Rule, ...] = tuple(map(rule, (
    claims.purpose,
    file.damage,
    boxes.user_unit,
    boxes.crop_box,
    boxes.page_sizes,
    file.empty_pages,
    boxes.trim_box,
    boxes.bleed_box,
    boxes.page_count,
    edges.bleed,
    edges.live_text,
    edges.live_drawing,
    colour.no_ink_colour,
    colour.spot_colours,
    colour.registration_colour,
    colour.group_space,
    text.white_overprints,
    lines.white_path_overprints,
    text.small_black_overprints,
    lines.black_line_overprints,
    text.courier,
    text.rich_black,
    text.reversed_text,
    text.coloured_text,
    lines.white_lines,
    lines.coloured_lines,
    lines.hairlines,
    ink.total,
    pictures.resolution,
    pictures.bitmap_resolution,
    text.missing_glyphs,
    fonts.embedded,
    fonts.type3,
    fonts.of_the_brand,
    codes.size,
    codes.quiet_zone,
    codes.black,
    codes.readable,
    file.version,
    file.metadata,
    file.intent,
    file.intent_is_cmyk,
    file.trapped,
    file.identifier,
    file.encryption,
    file.scripts,
    file.forms,
    file.comments,
    file.attachments,
    file.lzw,
)))  # fmt: skip

#: What any file for screens breaks, because it is one.
FOLLOWS = frozenset((
    "X-boxes", "H-bleedbox", "H-bleed", "H-live", "R0009", "R0010", "R0015", "R0017", "R0019", "R0026", "R0027", "R0030",
    "R0031", "R0032", "R0035", "H-qr-black", "X-version", "X-metadata", "X-intent", "X-trapped", "X-actions", "X-forms",
    "X-annotations", "X-attachments", "X-lzw",
))  # fmt: skip
