"""The projection of assets/geo/: spherical Lambert azimuthal equal-area, see assets/geo/SOURCES.md."""

from __future__ import annotations

from math import cos, radians, sin, sqrt

RADIUS = 6371.0088  # km


def laea(lat: float, lon: float, lat_0: float, lon_0: float) -> tuple[float, float]:
    """A point in degrees on the plane around the centre (lat_0, lon_0): km, x east, y north."""
    lam, phi, phi0 = radians(lon - lon_0), radians(lat), radians(lat_0)
    k = RADIUS * sqrt(2 / (1 + sin(phi0) * sin(phi) + cos(phi0) * cos(phi) * cos(lam)))
    return k * cos(phi) * sin(lam), k * (cos(phi0) * sin(phi) - sin(phi0) * cos(phi) * cos(lam))
