"""One content stream on its way to inks: every operator is known and rewritten, dropped or passed on by name.

What it doesn't know is an error (print.md, trap list), never passed on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

import pikepdf

from brochure.finish.separation import painting, writing
from brochure.finish.separation.errors import Unseparable
from brochure.finish.separation.inks import Mix, Mixer
from brochure.finish.separation.resources import Shelf
from brochure.finish.separation.spaces import CMYK, GREY, RGB, Space
from brochure.finish.separation.state import Matrix, State, scale, times
from brochure.finish.separation.tokens import INLINE, PATH, Operation, Unreadable, numbers, operations

#: Operators without colour that go through as they are written.
PASSED = frozenset(b"J j M d i W W* Tc Tw Tz TL Ts".split())
#: Operators that a press has no use for: tags, rendering intents, compatibility brackets.
DROPPED = frozenset(b"BMC EMC MP DP ri BX EX".split())


class Things(Protocol):
    """What a content stream may name, separated: forms, pictures, patterns, shadings, graphics states."""

    def painted(self, obj: Any, state: State, mask: bool) -> Any:
        """A form or picture."""

    def inline(self, operation: Operation, resources: Any) -> Any:
        """An inline picture as one of its own."""

    def pattern(self, obj: Any, origin: Matrix, shift: Matrix, mask: bool) -> Any:
        """A pattern in a content stream whose space is ``origin``."""

    def shading(self, obj: Any, mask: bool) -> Any:
        """A shading."""

    def graphics_state(self, obj: Any, state: State, mask: bool) -> tuple[Any, State]:
        """A graphics state's dictionary, and the state after it."""


@dataclass(frozen=True)
class Stream:
    """What is walked: the bytes, what they name, the state they start in, and what kind of stream it is.
    ``mask``: its luminosity counts, so it becomes grey; ``colourless``: an uncoloured pattern; ``shift``: what the
    finish adds to a page's own coordinates, which patterns don't follow by themselves (print.md, trap 18)."""

    content: bytes
    resources: Any
    state: State
    mask: bool = False
    colourless: bool = False
    shift: Matrix = (1, 0, 0, 1, 0, 0)


class Walk:
    """Walks a stream once; ``shelf`` holds what the rewritten stream names."""

    def __init__(self, stream: Stream, things: Things, mixer: Mixer) -> None:
        self.stream, self.things, self.mixer = stream, things, mixer
        self.shelf = Shelf(stream.resources, mixer)
        self._state = stream.state
        self._kept: list[State] = []
        self._out: list[bytes] = []
        self._path = -1  # where in ``_out`` the path that is being built began; -1: there is none
        self._rectangle = b""  # that path, while it is a single run
        self._text_scale = 1.0
        self._adrift = False  # text was dropped, and nothing has said since where the next goes
        self._acts = self._operators()

    def rewritten(self) -> bytes:
        """The stream in inks. Raises Unseparable with the operator that it stopped at."""
        at: Operation | None = None
        try:
            for at in operations(self.stream.content):
                self._step(at)
        except Unreadable as error:
            raise Unseparable(f"the content can't be read at “{error}”") from None
        except Unseparable as error:
            raise Unseparable(f"at “{_quoted(at)}”: {error}", error.remedy) from None
        except (KeyError, ValueError, TypeError, IndexError, AttributeError, pikepdf.PdfError) as error:
            raise Unseparable(f"“{_quoted(at)}” isn't used as it should be ({error})") from None
        if self._kept:
            self._out.append(b"Q\n" * len(self._kept))
        return b"".join(self._out)

    def _step(self, operation: Operation) -> None:
        operator = operation.operator
        act = self._acts.get(operator)
        if act is not None:
            act(operation)
        elif operator in PASSED:
            self._pass(operation)
        elif operator not in DROPPED:
            raise Unseparable(f"the operator {operator.decode('latin-1')} is unknown")

    def _operators(self) -> dict[bytes, Callable[[Operation], None]]:
        device = {b"g": (GREY, True), b"G": (GREY, False), b"rg": (RGB, True), b"RG": (RGB, False), b"k": (CMYK, True), b"K": (CMYK, False)}  # fmt: skip
        acts: dict[bytes, Callable[[Operation], None]] = {
            operator: lambda it, s=which, f=fill: self._device(it, s, f)  # type: ignore[misc]
            for operator, (which, fill) in device.items()
        }
        acts |= {operator: self._paint for operator in painting.PAINTS}
        acts |= {operator: self._show for operator in (b"Tj", b"TJ", b"'", b'"')}
        acts |= {operator: self._place for operator in (b"Td", b"TD", b"T*", b"Tm", b"BT", b"ET")}
        acts |= {
            PATH: self._build, INLINE: self._inline, b"q": self._keep, b"Q": self._restore, b"cm": self._move,
            b"cs": lambda it: self._space(it, True), b"CS": lambda it: self._space(it, False),
            b"sc": lambda it: self._colour(it, True), b"scn": lambda it: self._colour(it, True),
            b"SC": lambda it: self._colour(it, False), b"SCN": lambda it: self._colour(it, False),
            b"w": self._width, b"gs": self._graphics, b"Do": self._do, b"sh": self._shade,
            b"Tf": self._font, b"Tr": self._mode, b"BDC": self._marked,
        }  # fmt: skip
        return acts

    # -- state -----------------------------------------------------------------------------------------------

    def _pass(self, operation: Operation) -> None:
        self._out.append(operation.raw + operation.operator + b"\n")

    def _keep(self, operation: Operation) -> None:
        self._kept.append(self._state)
        self._out.append(b"q\n")

    def _restore(self, operation: Operation) -> None:
        if self._kept:  # one too many does nothing, as in every viewer
            self._state = self._kept.pop()
            self._out.append(b"Q\n")

    def _move(self, operation: Operation) -> None:
        a, b, c, d, e, f = numbers(operation.raw)
        self._state = replace(self._state, ctm=times((a, b, c, d, e, f), self._state.ctm))
        self._pass(operation)

    def _width(self, operation: Operation) -> None:
        self._state = replace(self._state, width=numbers(operation.raw)[0])
        self._pass(operation)

    def _graphics(self, operation: Operation) -> None:
        found = self.shelf.source("/ExtGState", operation.operands[0])
        made, self._state = self.things.graphics_state(found, self._state, self.stream.mask)
        if made is not None:
            self._out.append(self.shelf.put("/ExtGState", str(operation.operands[0]), made) + b" gs\n")

    def _marked(self, operation: Operation) -> None:
        if operation.operands[:1] == ["/OC"]:
            raise Unseparable("a layer (optional content) is used")

    # -- colour ----------------------------------------------------------------------------------------------

    def _device(self, operation: Operation, which: Space, fill: bool) -> None:
        self._set(which, self._mixed(which, numbers(operation.raw)), fill)

    def _space(self, operation: Operation, fill: bool) -> None:
        which = self.shelf.space(operation.operands[0])
        if which.kind == "/Pattern":
            self._remember(which, replace(self._state.fill if fill else self._state.stroke, pattern=True), fill)
        else:
            self._set(which, self._mixed(which, which.initial), fill)

    def _colour(self, operation: Operation, fill: bool) -> None:
        which = self._state.fill_space if fill else self._state.stroke_space
        operands = operation.operands
        if which.kind == "/Pattern":
            self._patterned(str(operands[-1]), which, operands[:-1], fill)
        else:
            self._set(which, self._mixed(which, operands), fill)

    def _mixed(self, which: Space, values: Any) -> Mix:
        if len(values) != which.parts or not all(isinstance(value, float) for value in values):
            raise Unseparable(f"a colour in {which.kind} has {which.parts} numbers, not {len(values)}")
        mix = self.mixer.mix(tuple(which.device(values)))
        return replace(mix, spot=which.spot, tint=values[0]) if which.spot else mix

    def _set(self, which: Space, mix: Mix, fill: bool) -> None:
        self._remember(which, mix, fill)
        if not self.stream.colourless:
            self._out.append(writing.colour(mix, fill, self.stream.mask, self.shelf))

    def _remember(self, which: Space, mix: Mix, fill: bool) -> None:
        change: dict[str, Any] = {"fill_space": which, "fill": mix} if fill else {"stroke_space": which, "stroke": mix}
        self._state = replace(self._state, **change)

    def _patterned(self, name: str, which: Space, values: Any, fill: bool) -> None:
        if self.stream.colourless:
            return
        found = self.shelf.source("/Pattern", name)
        made = self.things.pattern(found, self.stream.state.ctm, self.stream.shift, self.stream.mask)
        written = self.shelf.put("/Pattern", name, made)
        under = self._mixed(which.under, values) if which.under else None
        self._remember(which, replace(under or self._state.fill, pattern=True), fill)
        self._out.append(writing.pattern(written, under, fill, self.stream.mask, self.shelf))

    # -- painting --------------------------------------------------------------------------------------------

    def _build(self, operation: Operation) -> None:
        self._rectangle = operation.raw if self._path < 0 else b""
        if self._path < 0:
            self._path = len(self._out)
        self._out.append(operation.raw.strip() + b"\n")

    def _paint(self, operation: Operation) -> None:
        state, at = self._state, self._path if self._path >= 0 else len(self._out)
        operator, stroke, fill = painting.shown(operation.operator, state)
        bar = fill and not stroke and painting.fine_bar(self._rectangle, state)
        self._overprint((stroke, painting.fine_line(state)), (fill, bar), at)
        self._out.append(operator + b"\n")
        self._path, self._rectangle = -1, b""

    def _overprint(self, stroke: tuple[bool, bool], fill: tuple[bool, bool], at: int = -1) -> None:
        """Sets overprint for what is painted next, before ``at`` in what is written: a path mustn't be broken up."""
        if self.stream.mask or self.stream.colourless:
            return
        over = painting.overprinting(self._state, stroke, fill)
        if over != self._state.over:
            self._state = replace(self._state, over=over)
            self._out.insert(at if at >= 0 else len(self._out), self.shelf.overprint(*over) + b" gs\n")

    def _do(self, operation: Operation) -> None:
        name = str(operation.operands[0])
        found = self.shelf.source("/XObject", name)
        parts = found.get("/Subtype") == "/Form" and "/Group" not in found  # each of which shows or doesn't by itself
        if parts or self._state.fill_alpha > 0:
            self._draw(found, name)

    def _inline(self, operation: Operation) -> None:
        if self._state.fill_alpha > 0:
            self._draw(self.things.inline(operation, self.stream.resources), "/Inline")

    def _draw(self, obj: Any, name: str) -> None:
        self._overprint((True, False), (True, False))
        made = self.things.painted(obj, self._state, self.stream.mask)
        self._out.append(self.shelf.put("/XObject", name, made) + b" Do\n")

    def _shade(self, operation: Operation) -> None:
        if self._state.fill_alpha == 0:
            return
        self._overprint((True, False), (True, False))
        name = str(operation.operands[0])
        made = self.things.shading(self.shelf.source("/Shading", name), self.stream.mask)
        self._out.append(self.shelf.put("/Shading", name, made) + b" sh\n")

    # -- text ------------------------------------------------------------------------------------------------

    def _font(self, operation: Operation) -> None:
        name, size = operation.operands
        self._state = replace(self._state, size=float(str(size)))
        self._out.append(self.shelf.font(str(name)) + b" " + writing.number(self._state.size) + b" Tf\n")

    def _mode(self, operation: Operation) -> None:
        self._state = replace(self._state, mode=int(numbers(operation.raw)[0]))
        self._pass(operation)

    def _place(self, operation: Operation) -> None:
        if operation.operator == b"Tm":
            a, b, c, d, e, f = numbers(operation.raw)
            self._text_scale = scale((a, b, c, d, e, f))
        elif operation.operator == b"BT":
            self._text_scale = 1.0
        self._adrift = False
        self._pass(operation)

    def _show(self, operation: Operation) -> None:
        strokes, fills = painting.text_shown(self._state)
        if not strokes and not fills and self._state.mode < 4:
            self._hide(operation)
            return
        if self._adrift and operation.operator in (b"Tj", b"TJ"):
            raise Unseparable("visible text goes on from invisible text")
        small = painting.fine_text(self._state, self._text_scale)
        self._overprint((strokes, small and painting.fine_line(self._state)), (fills, small))
        self._pass(operation)

    def _hide(self, operation: Operation) -> None:
        """Invisible text, such as a chart's table for readers, has no place on a press; its line feed remains."""
        if operation.operator == b'"':
            words, letters, _ = operation.operands
            self._out.append(b"%s Tw %s Tc " % (writing.number(words), writing.number(letters)))
        if operation.operator in (b"'", b'"'):
            self._out.append(b"T*\n")
        self._adrift = True


def _quoted(operation: Operation | None) -> str:
    """An operation as a message shows it."""
    return (operation.raw[:40] + b" " + operation.operator).decode("latin-1").strip() if operation else ""
