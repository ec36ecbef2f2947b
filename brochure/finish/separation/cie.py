"""CIE colours as sRGB: XYZ and Lab with any white point (IEC 61966-2-1; adaptation after Bradford)."""

from __future__ import annotations

from collections.abc import Sequence

D65 = (0.95047, 1.0, 1.08883)
_BRADFORD = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
_BACK = ((0.9869929, -0.1470543, 0.1599627), (0.4323053, 0.5183603, 0.0492912), (-0.0085287, 0.0400428, 0.9684867))
_TO_RGB = ((3.2404542, -1.5371385, -0.4985314), (-0.9692660, 1.8760108, 0.0415560), (0.0556434, -0.2040259, 1.0572252))


def _times(matrix: Sequence[Sequence[float]], vector: Sequence[float]) -> list[float]:
    return [sum(cell * part for cell, part in zip(row, vector, strict=True)) for row in matrix]


def xyz_to_rgb(xyz: Sequence[float], white: Sequence[float]) -> tuple[float, float, float]:
    """XYZ as it looks under ``white``, as sRGB 0–1, clipped to what sRGB can show."""
    seen, source, target = (_times(_BRADFORD, it) for it in (xyz, white, D65))
    adapted = _times(_BACK, [part * to / of for part, to, of in zip(seen, target, source, strict=True)])
    red, green, blue = (_companded(part) for part in _times(_TO_RGB, adapted))
    return red, green, blue


def lab_to_rgb(lab: Sequence[float], white: Sequence[float]) -> tuple[float, float, float]:
    """CIE L*a*b* as sRGB 0–1, clipped."""
    middle = (lab[0] + 16) / 116
    steps = (middle + lab[1] / 500, middle, middle - lab[2] / 200)
    return xyz_to_rgb([part * _cube(step) for part, step in zip(white, steps, strict=True)], white)


def _cube(step: float) -> float:
    return step**3 if step > 6 / 29 else 3 * (6 / 29) ** 2 * (step - 4 / 29)


def _companded(light: float) -> float:
    light = min(max(light, 0.0), 1.0)
    return float(12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055)
