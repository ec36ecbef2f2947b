"""Colour spaces, and how much of which ink a colour lays down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Name, Stream

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
ABBREVIATED = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK", "I": "Indexed", "CalCMYK": "DeviceCMYK"}
ALL, NONE = "All", "None"
DEPTH = 8  # how many spaces may lie inside each other

Inks = Mapping[str, float]
Below = Callable[[Any], "Space"]


@dataclass(frozen=True)
class Space:
    """A colour space: its family, how many components a colour has, the inks that a Separation or DeviceN names, the
    space below an Indexed or uncoloured Pattern one, and an Indexed one's table."""

    family: str
    components: int = 1
    names: tuple[str, ...] = ()
    base: Space | None = None
    table: bytes = b""
    source: Any = field(default=None, compare=False, repr=False)

    @property
    def families(self) -> tuple[str, ...]:
        """This family and those that it rests on; a Separation's or DeviceN's substitute isn't printed."""
        return (self.family, *(self.base.families if self.base else ()))

    @property
    def spots(self) -> frozenset[str]:
        """The inks beyond the four process inks that this space prints with."""
        below = self.base.spots if self.base else frozenset()
        return below | (frozenset(self.names) - {*PROCESS, ALL, NONE})

    def inks(self, values: Sequence[float]) -> dict[str, float]:
        """Ink → 0–1 of a colour. What is no ink colour (RGB, Lab) is estimated with full black generation."""
        if self.family == "Indexed" and self.base:
            return self.base.inks(self.entry(int(values[0]) if values else 0))
        if self.family in ("Separation", "DeviceN"):
            return {name: part for name, part in zip(self.names, values, strict=False) if name != NONE}
        if self.components == 4:
            return dict(zip(PROCESS, values, strict=False))
        if self.components == 1:
            return {"Black": 1 - values[0]} if values else {}
        return estimated(*values[:3]) if self.family != "Lab" else {"Black": 1 - values[0] / 100}

    def entry(self, index: int) -> tuple[float, ...]:
        """A colour of an Indexed space's table, as values of the space below."""
        assert self.base
        size = self.base.components
        values = self.table[index * size : (index + 1) * size]
        scale = (100, 255, 255) if self.base.family == "Lab" else (1.0,) * size
        return tuple(value / 255 * top for value, top in zip(values, scale, strict=False))

    @property
    def first(self) -> tuple[float, ...]:
        """The colour that is set when the space is chosen (ISO 32000-1, 8.6)."""
        if self.family in ("Separation", "DeviceN"):
            return (1.0,) * self.components
        return (0.0,) * 3 + (1.0,) if self.components == 4 else (0.0,) * self.components


def estimated(red: float, green: float, blue: float) -> dict[str, float]:
    """Inks of an RGB colour with all its grey in black: an estimate for files that should hold none."""
    black = 1 - max(red, green, blue)
    return {"Cyan": 1 - red - black, "Magenta": 1 - green - black, "Yellow": 1 - blue - black, "Black": black}


GRAY = Space("DeviceGray", 1)
RGB = Space("DeviceRGB", 3)
CMYK = Space("DeviceCMYK", 4)
SIMPLE = {"DeviceGray": GRAY, "DeviceRGB": RGB, "DeviceCMYK": CMYK, "Pattern": Space("Pattern", 0)}


def space(source: Any, resources: Any = None, depth: int = 0) -> Space:
    """A colour space as it stands in a file, by name or as an array; ValueError for what is none."""
    if depth > DEPTH:
        raise ValueError("colour spaces inside each other without end")
    if isinstance(source, Name):
        name = str(source)[1:]
        known = SIMPLE.get(ABBREVIATED.get(name, name))
        if known:
            return known
        listed = resources.get("/ColorSpace", {}) if resources is not None else {}
        if str(source) not in listed:
            raise ValueError(f"no colour space {name}")
        return space(listed[str(source)], None, depth + 1)
    return _array(source, resources, depth)


def _array(source: Any, resources: Any, depth: int) -> Space:
    parts = list(source)
    family = str(parts[0])[1:]
    family = ABBREVIATED.get(family, family)
    if len(parts) == 1:
        return space(parts[0], resources, depth + 1)
    if family not in MADE:
        raise ValueError(f"no colour space {family}")
    return MADE[family](family, parts, lambda below: space(below, resources, depth + 1))


def _table(parts: list[Any]) -> bytes:
    return parts[3].read_bytes() if isinstance(parts[3], Stream) else bytes(parts[3])


def _several(family: str, parts: list[Any], _: Below) -> Space:
    names = tuple(str(name)[1:] for name in parts[1])
    return Space(family, len(names), names, source=parts)


#: family → how it is made of its array; ``below`` reads a space inside it.
MADE: dict[str, Callable[[str, list[Any], Below], Space]] = {
    "ICCBased": lambda family, parts, _: Space(family, int(parts[1]["/N"]), source=parts[1]),
    "CalGray": lambda family, parts, _: Space(family, 1),
    "CalRGB": lambda family, parts, _: Space(family, 3),
    "Lab": lambda family, parts, _: Space(family, 3),
    "Separation": lambda family, parts, _: Space(family, 1, (str(parts[1])[1:],), source=parts),
    "DeviceN": _several,
    "Pattern": lambda family, parts, below: Space(family, 0, base=below(parts[1])),
    "Indexed": lambda family, parts, below: Space(family, 1, base=below(parts[1]), table=_table(parts)),
}


def total(inks: Inks) -> float:
    """The sum of all inks, %."""
    return 100 * sum(inks.values())


def laid(inks: Inks, least: float = 0.005) -> tuple[str, ...]:
    """The inks that a colour really lays down."""
    return tuple(name for name, part in inks.items() if part > least)


def printed(inks: Inks) -> str:
    """A colour as a printer writes it: ``C 100 M 78 Y 28 K 45``, spot inks by name."""
    short = {"Cyan": "C", "Magenta": "M", "Yellow": "Y", "Black": "K"}
    if not laid(inks):
        return "white"
    return " ".join(f"{short.get(name, name)} {100 * part:.0f}" for name, part in inks.items() if part > 0.005)


def sampled(colours: Iterable[Inks]) -> dict[str, float]:
    """Ink by ink the most of any of several colours."""
    most: dict[str, float] = {}
    for inks in colours:
        for name, part in inks.items():
            most[name] = max(part, most.get(name, 0.0))
    return most
