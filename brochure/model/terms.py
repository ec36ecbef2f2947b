"""content/terms.yaml: how each language says the house's terms, and what is never translated."""

from __future__ import annotations

from pydantic import Field

from brochure.model.values import Line, Model, Slug


class Term(Model):
    """A term: what it means, for translators, and how each language says it, by the language's folder."""

    means: Line | None = None
    says: dict[Slug, Line]


class Terms(Model):
    """``keep``: words that stay as they are in every language; ``terms``: all others, by id."""

    keep: tuple[Line, ...] = ()
    terms: dict[Slug, Term] = Field(default_factory=dict)
