"""A letter by e-mail: templates/mail/ filled in a language's words, as HTML with inlined styles and as plain text."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import css_inline

from brochure.compose import room
from brochure.compose.render import plain
from brochure.compose.sheet import Desk
from brochure.errors import Complaint, ExitCode, Place, TemplateError, suggestion
from brochure.house import PlannedPage
from brochure.language import JOINER, listing
from brochure.model.kind import Kind
from brochure.model.mail import MailWords
from brochure.model.recipients import Recipient
from brochure.model.values import Model
from brochure.model.words import PageWords
from brochure.stages import Manuscript

KIND = Kind("mail", 1, Model, PageWords, marks=False)
TEMPLATES, STYLES = ("mail/letter.html", "mail/plain.html"), "css/mail.css"
DARK = "css/mail-dark.css"
TOKEN = re.compile(r"var\(--([a-z-]+)\)")
KEY = re.compile(r'\sdata-key="[^"]*"')  # where a text stands in our files is nobody's business
CLASS = re.compile(r'\sclass="([^"]*)"')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
PHRASE = re.compile("(?<=: )|(?<=：)")  # where a title would rather be broken
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Enclosed:
    """The brochure of a letter: ``size`` in bytes of a file that travels with it, else the ``link`` to it;
    ``personal`` when it was made for the reader."""

    size: int = 0
    link: str = ""
    personal: bool = False


@dataclass(frozen=True)
class Written:
    """A letter in words."""

    subject: str
    html: str
    text: str


@dataclass
class Scribe:
    """Writes the letters of one edition in one language, one after the other. TemplateError for a slip in the
    templates or the stylesheet."""

    manuscript: Manuscript
    words: MailWords
    unsubscribe: str = ""
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.desk = Desk(self.manuscript, draw=False)
        self.desk.page = PlannedPage("mail", KIND, Model(), 1)
        self.desk.register.page, self.desk.register.marks = "mail", False
        house = self.manuscript.house
        colours = {name: str(colour.screen) for name, colour in house.brand.colours.items()}
        self.styles, self.dark = (
            _resolved(name, house.assets.get(name, b"").decode("utf-8"), colours) for name in (STYLES, DARK)
        )
        self.inliner = css_inline.CSSInliner(
            keep_style_tags=False, extra_css=self.styles, load_remote_stylesheets=False
        )

    def letter(self, recipient: Recipient, enclosed: Enclosed, unsubscribe: str = "") -> Written:
        """The letter to one recipient; ``unsubscribe``: where that one asks for no more letters."""
        values = self._values(recipient, enclosed) | {"unsubscribe": unsubscribe or self.unsubscribe}
        content = f"content/{self.manuscript.language_id}/mail.yaml"
        html, text = (  # without joiners: mail programs whose font hasn't got them print a box
            room.render(self.desk.room, template, content, values).replace(JOINER, "") for template in TEMPLATES
        )
        return Written(str(self.words.subject), self._darkened(self.inliner.inline(html)), _unmarked(text))

    def _darkened(self, html: str) -> str:
        """The letter with the styles of a dark mail program in its head, and the classes that they need."""
        bare = CLASS.sub(lambda found: found[0] if f".{found[1]}" in self.dark else "", KEY.sub("", html))
        return bare.replace("</head>", f"<style>\n{COMMENT.sub('', self.dark).strip()}\n</style>\n</head>", 1)

    def _values(self, recipient: Recipient, enclosed: Enclosed) -> dict[str, Any]:
        language, words = self.manuscript.language, self.words
        names = [str(language.names[key]) for key in recipient.interests if key in language.names]
        return {
            "words": words,
            "phrases": PHRASE.split(str(self.manuscript.title.title)),
            "greeting": words.greeting.fill(recipient.name),
            "interests": words.interests.fill(listing(names, str(language.words.locale)))
            if names and enclosed.personal
            else "",
            "contact": words.contact.fill(recipient.contact) if recipient.contact else "",
            "attached": words.attached.fill(self._size(enclosed.size)) if enclosed.size else "",
            "link": enclosed.link,
        }

    def _size(self, size: int) -> str:
        """A file's size as the language writes it: “0.6 MB”."""
        ticket, numerals = self.manuscript.language.ticket, self.manuscript.language.words.numerals
        number = numerals.digits((Decimal(max(size, 50_000)) / 1_000_000).quantize(Decimal("0.1")))
        return plain(ticket.megabytes.fill(number)) if ticket else f"{number} MB"


def _resolved(name: str, styles: str, colours: Mapping[str, str]) -> str:
    """The stylesheet with the brand's colours in place of its tokens, which mail programs don't know."""

    def colour(found: re.Match[str]) -> str:
        if found[1] in colours:
            return colours[found[1]]
        line = styles[: found.start()].count("\n") + 1
        what, remedy = (
            f"there is no colour “{found[1]}”.",
            suggestion(found[1], colours) or "Colours are in content/brand.yaml.",
        )
        raise TemplateError([Complaint(Place(f"assets/{name}", line), what, remedy, ExitCode.TEMPLATE)])

    return TOKEN.sub(colour, styles)


def _unmarked(text: str) -> str:
    """The plain-text part: what the template escaped is written plainly again, its texts' wrapping taken off."""
    plainly = entities.unescape(TAG.sub("", text.replace("<br>", "\n")))
    return re.sub(r"\n{3,}", "\n\n", plainly).strip() + "\n"
