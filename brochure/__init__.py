"""A small printing house for investment brochures: YAML in, PDF out."""

__version__ = "0.1.0"
