"""Proof → Product: one finish for each purpose. The master is never laid out again."""

from collections.abc import Callable

from brochure.finish import raster, screen
from brochure.stages import Product, Proof

#: output → the finish that makes its files.
FINISHES: dict[str, Callable[[Proof], tuple[Product, ...]]] = {"screen": screen.finish, "pages": raster.finish}
