"""What letters say: of the brochure that they carry, in every edition and language, and as translations know it."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT, told, translate
from test_editions import write

from brochure import bureau, deliver, load
from brochure.compose.letter import Enclosed, Scribe
from brochure.errors import Place
from brochure.house import House
from brochure.load import parity
from brochure.model.recipients import Recipient
from brochure.press.matrix import _cells
from brochure.stages import Order

#: A word of what each edition's letter must say, and of what it must not, by language.
OWN = {
    "en": {"brics-2017": ("delegation", "journey"), "investor-general": ("five reasons", "delegation"), "logistics": ("freight villages", "clusters")},
    "ru": {"brics-2017": ("делегации", "рейс"), "investor-general": ("пять причин", "делегации"), "logistics": ("грузовые деревни", "кластеры")},
    "zh": {"brics-2017": ("代表团", "班列"), "investor-general": ("五个理由", "代表团"), "logistics": ("货运村", "产业集群")},
    "pt": {"brics-2017": ("delegação", "viagem"), "investor-general": ("cinco razões", "delegação"), "logistics": ("plataformas logísticas", "clusters")},
    "hi": {"brics-2017": ("प्रतिनिधिमंडल", "यात्रा"), "investor-general": ("पाँच कारण", "प्रतिनिधिमंडल"), "logistics": ("फ़्रेट विलेज", "क्लस्टर")},
}  # fmt: skip

FAIR = {
    "content/mail.yaml": "sender: us@kaluga.example\n",
    "content/en/mail.yaml": (ROOT / "content/en/mail.yaml").read_text("utf-8"),
    "content/editions/fair.yaml": "extends: mini\n",
    "content/editions/again.yaml": "extends: fair\n",
    "content/en/mail/fair.yaml": "subject: Your brochure of the fair\npreview: Docks and cranes.\n",
    "content/en/mail/again.yaml": "subject: Your brochure once more\n",
}


@pytest.fixture(scope="module")
def house() -> House:
    """The real house."""
    return load.house(ROOT)


@pytest.mark.parametrize(("tag", "edition"), [(tag, edition) for tag in OWN for edition in OWN[tag]])
def test_a_letter_describes_the_brochure_that_it_carries(house: House, tag: str, edition: str) -> None:
    """Subject, preview, body and reason are the edition's own; no joiner goes out, which some programs print as a box."""
    manuscript = load.manuscript(house, Order(edition, tag))
    reader = Recipient(1, Place("list.csv"), "Ann", "", "", "ann@acme.example")
    letter = Scribe(manuscript, manuscript.language.mail[edition]).letter(reader, Enclosed(600_000))
    said, unsaid = OWN[tag][edition]
    for part in (letter.html, letter.text):
        assert said.casefold() in part.casefold() and unsaid.casefold() not in part.casefold()
        assert "\u2060" not in part


def test_an_edition_says_single_keys_otherwise(root: Path) -> None:
    """All others come from the edition that it extends, or from the words of all letters."""
    words = load.house(write(root, FAIR)).languages["en"].mail
    assert [str(words[name].subject) for name in ("mini", "fair", "again")] == [
        "Kaluga Region: your investment brochure", "Your brochure of the fair", "Your brochure once more",
    ]  # fmt: skip
    assert words["again"].preview == "Docks and cranes." and words["again"].closing == words["mini"].closing


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("mail/fair.yaml", "subjct: Hello\n", "content/en/mail/fair.yaml:1:1: error: the key “subjct” is not known here."),
        ("mail/fair.yaml", "subject: 12 docks\n", "content/en/mail/fair.yaml:1:10: error: the figure “12” stands in a line"),
        ("mail/fairs.yaml", "subject: Hello\n", "content/en/mail/fairs.yaml:1:1: error: nothing in any flatplan reads this file."),
    ],
)  # fmt: skip
def test_a_slip_in_an_editions_letter_is_told_once(root: Path, file: str, text: str, said: str) -> None:
    """At its line, and not again for the edition that takes it over; it stops the cells of these two editions."""
    slips = told(write(root, FAIR | {f"content/en/{file}": text}))
    assert len(slips) == 1 and str(slips[0]).startswith(said), list(map(str, slips))


def test_a_slip_in_an_editions_letter_stops_only_its_cells(house: House) -> None:
    """The matrix makes all others."""
    (slip,) = load.strays.surplus(ROOT, [it for it in _files() if it != "content/ru/mail/logistics.yaml"], ["ru"])
    assert _cells(house, slip) == [("logistics", "ru")]


def _files() -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in (ROOT / "content").rglob("*.yaml")]


def test_translations_know_an_editions_letter(root: Path) -> None:
    """A key that it says otherwise is missed by ``check``, goes to the office and comes back into a file of its own."""
    german = write(translate(root), FAIR)
    mail = "content/de/mail.yaml"
    write(german, {mail: FAIR["content/en/mail.yaml"]})
    missing = [str(slip) for slip in told(german) if "mail/" in str(slip)]
    assert len(missing) == 3 and "content/de/mail/fair.yaml:1:1: error: “subject” isn't translated" in missing[2], (
        missing
    )
    draft = bureau.house(german)[0]
    assert {key for key in parity.originals(draft, "de") if key.startswith("mail/")} == {
        "mail/fair.yaml#subject", "mail/fair.yaml#preview", "mail/again.yaml#subject",
    }  # fmt: skip
    name, content = bureau.export(draft, "de", "po")
    assert "The letter by e-mail of the edition “fair”" in content.decode("utf-8")
    back = content.decode("utf-8").replace(
        'msgid "Your brochure of the fair"\nmsgstr ""', 'msgid "Your brochure of the fair"\nmsgstr "Ihr Messeheft"'
    )
    (root.parent / name).write_text(back, "utf-8")
    bureau.take(draft, root.parent / name)
    assert (german / "content/de/mail/fair.yaml").read_text("utf-8") == "subject: Ihr Messeheft\n"


@pytest.mark.parametrize(
    ("titles", "name"),
    [
        (["Região de Kaluga: onde as linhas se encontram"], "Regiao-de-Kaluga-onde-as-linhas-se-encontram-pt.pdf"),
        (["Калужская область", "Kaluga Region"], "Kaluga-Region-pt.pdf"),
        (["卡卢加州"], "brochure-pt.pdf"),
        (["：", "../../etc/passwd\r\nX: y"], "etc-passwd-X-y-pt.pdf"),
        (["a " * 90], "a-" * 30 + "pt.pdf"),
    ],
)
def test_an_attachment_is_called_by_its_title(titles: list[str], name: str) -> None:
    """In letters that every program shows, whatever the title holds."""
    assert deliver.download(titles, "pt") == name
