"""From pydantic's refusals to one line per slip, with place and remedy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from brochure.errors import Complaint, Place, suggestion
from brochure.load.syntax import STUCK
from brochure.load.yaml_text import Items, Mapping
from brochure.model.limits import DEFAULTS, Limits
from brochure.model.scalar import place_of

M = TypeVar("M", bound=BaseModel)

#: pydantic's words for a wrong shape, in ours.
SHAPES = {
    "model_type": ("“key: value” lines are expected here.", "Indent them below this key."),
    "dict_type": ("“key: value” lines are expected here.", "Indent them below this key."),
    "tuple_type": ("a list is expected here.", "Begin each entry with “- ” on a line of its own."),
    "list_type": ("a list is expected here.", "Begin each entry with “- ” on a line of its own."),
    "string_type": ("a single value is expected here.", "Write one text or number."),
    "too_short": ("this list is too short.", "Add what is missing."),
    "too_long": ("this list is too long.", "Leave out what is too much."),
}


def validated(model: type[M], raw: Any, place: Place, slips: list[Complaint], limits: Limits = DEFAULTS) -> M | None:
    """The model of a raw tree under the house's limits, or None with the tree's slips added to the list."""
    try:
        return model.model_validate(raw, context=limits)
    except ValidationError as error:
        slips.extend(complaints(error, model, raw, place))
        return None


def complaints(error: ValidationError, model: type[BaseModel], raw: Any, place: Place) -> Iterator[Complaint]:
    """One complaint for each refusal, at the value or key that it is about."""
    details = error.errors(include_url=False)
    for detail in details:
        loc = tuple(detail["loc"])
        inside = any(tuple(other["loc"])[: len(loc)] == loc and other["loc"] != detail["loc"] for other in details)
        if detail["type"] == "too_short" and inside:
            continue  # an entry with a slip of its own doesn't count, and isn't missing
        what, remedy = _said(detail, loc, model)
        yield Complaint(_place(raw, loc, detail, place), what, remedy)


def _said(detail: Any, loc: tuple[int | str, ...], model: type[BaseModel]) -> tuple[str, str]:
    kind, context = detail["type"], detail.get("ctx", {})
    name = str(loc[-1]) if loc else ""
    if kind == "slip":
        return context["what"], context["remedy"]
    if kind == "missing" and isinstance(loc[-1], int):
        return "this list has too few entries.", "Add the one that is missing."
    if kind == "missing":
        return f"the key “{name}” is missing.", "Add it."
    if kind == "extra_forbidden":
        known = known_keys(model, loc[:-1])
        hint = suggestion(name, known)
        return f"the key “{name}” is not known here.", hint or f"Known keys: {', '.join(sorted(known))}."
    if kind == "literal_error":
        hint = suggestion(
            str(detail["input"]), str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        )
        return f"“{detail['input']}” is none of the choices.", hint or f"Choose {context['expected']}."
    return _misshapen(detail)


def _misshapen(detail: Any) -> tuple[str, str]:
    """A text where a list or keys belong, or the other way round; too much or too little of them."""
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind in ("too_short", "too_long"):
        least, most = context.get("min_length"), context.get("max_length")
        wanted = f"at least {least} must" if kind == "too_short" else f"at most {most} may"
        return f"this list has {context['actual_length']} entries; {wanted} stand here.", "Add or remove entries."
    if kind == "model_type" and isinstance(given, str) and (stuck := STUCK.fullmatch(given)):
        return "a space is missing after the colon.", f"Write {stuck['key']}: {stuck['value']}"
    return SHAPES.get(kind, (f"this value is refused: {detail['msg']}.", "Compare it with its neighbours."))


def _place(raw: Any, loc: tuple[int | str, ...], detail: Any, fallback: Place) -> Place:
    """The place of the value at ``loc``; of its key for an unknown key; of the parent for a missing one."""
    node, best = raw, getattr(raw, "place", fallback)
    at = detail.get("ctx", {}).get("at") or ""
    steps = loc + tuple(int(step) if step.isdigit() else step for step in at.split(".") if step)
    for step in steps:
        if isinstance(node, Mapping) and step in node:
            key = next(k for k in node if k == step)
            node = node[str(step)]
            best = place_of(key) if detail["type"] == "extra_forbidden" else getattr(node, "place", best)
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node):
            node = node[step]
            best = getattr(node, "place", best)
        else:
            break
    return best


def known_keys(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """The keys of the model that stands at ``loc`` within a model."""
    current: Any = model
    for step in loc:
        current = _inner(current, step)
    fields = getattr(current, "model_fields", {})
    return [field.alias or name for name, field in fields.items()]


def _inner(annotation: Any, step: int | str) -> Any:
    fields = getattr(annotation, "model_fields", None)
    if fields is not None:
        field = next((f for n, f in fields.items() if (f.alias or n) == step), None)
        annotation = field.annotation if field else None
        return _model_of(annotation) if not _is_container(annotation) else annotation
    return _model_of(annotation)


def _is_container(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) in (tuple, list, dict)


def _model_of(annotation: Any) -> Any:
    """The model inside ``tuple[Model, ...]``, ``dict[str, Model]``, ``Model | None``, or the annotation itself."""
    for argument in getattr(annotation, "__args__", ()):
        if hasattr(argument, "model_fields"):
            return argument
        if getattr(argument, "__args__", None) and (found := _model_of(argument)) is not None:
            return found
    return annotation
