"""Colour: sRGB and CMYK values, contrast, ink sums. No printing, no files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rgb:
    """An sRGB colour, 0–255 a channel."""

    red: int
    green: int
    blue: int

    @classmethod
    def parse(cls, text: str) -> Rgb:
        """``#RRGGBB`` as a colour; ValueError for anything else."""
        if len(text) != 7 or text[0] != "#":
            raise ValueError(text)
        return cls(*(int(text[i : i + 2], 16) for i in (1, 3, 5)))

    def __str__(self) -> str:
        return f"#{self.red:02X}{self.green:02X}{self.blue:02X}"

    @property
    def luminance(self) -> float:
        """Relative luminance, 0–1 (WCAG 2.2, “relative luminance”)."""
        return sum(
            weight * _linear(channel / 255)
            for weight, channel in zip((0.2126, 0.7152, 0.0722), (self.red, self.green, self.blue), strict=True)
        )


@dataclass(frozen=True)
class Cmyk:
    """A printing recipe, 0–100 % an ink."""

    cyan: float
    magenta: float
    yellow: float
    black: float

    @property
    def ink(self) -> float:
        """The sum of the four inks, % (total area coverage)."""
        return self.cyan + self.magenta + self.yellow + self.black


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio of two colours, 1–21 (WCAG 2.2, “contrast ratio”)."""
    light, dark = sorted((one.luminance, other.luminance), reverse=True)
    return (light + 0.05) / (dark + 0.05)
