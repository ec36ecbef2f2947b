"""Prepare the font files in ``assets/fonts`` from npm packages.

Run by hand; the results are committed, so a brochure build never needs this.

    mkdir npm && cd npm && npm install --ignore-scripts \\
        @expo-google-fonts/golos-text@0.4.2 @expo-google-fonts/literata@0.4.3 \\
        @fontsource-variable/literata@5.3.0 \\
        @expo-google-fonts/noto-sans-sc@0.4.3 @expo-google-fonts/noto-serif-sc@0.4.3 \\
        @expo-google-fonts/noto-sans-devanagari@0.4.1 \\
        @expo-google-fonts/noto-serif-devanagari@0.4.1
    pip install "fonttools[woff]==4.68.0" brotli uharfbuzz
    python assets/prepare/fonts.py npm [FAMILY ...]

FAMILY is one of the folder names in ``assets/fonts``; without it all are made.

One file is written per family, weight and style.  Web packages that split a
family into script files must not be used directly: a PDF writer that keys fonts
by family, weight and style mixes the pieces up and prints wrong glyphs.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import uharfbuzz as hb
from fontTools.merge import Merger
from fontTools.merge import Options as MergeOptions
from fontTools.otlLib.builder import PairPosBuilder, buildValue
from fontTools.subset import Options as SubsetOptions
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FONTS = Path(__file__).resolve().parents[1] / "fonts"
EXPO = "@expo-google-fonts"

# Files are dated to this second so that a rebuild gives identical bytes.
BUILD_EPOCH = "1735689600"  # 2025-01-01T00:00:00Z

# folder -> (package, {our file name: file inside the package})
UNMODIFIED = {
    "golos-text": (
        f"{EXPO}/golos-text",
        {
            "GolosText-Regular.ttf": "400Regular/GolosText_400Regular.ttf",
            "GolosText-Medium.ttf": "500Medium/GolosText_500Medium.ttf",
            "GolosText-SemiBold.ttf": "600SemiBold/GolosText_600SemiBold.ttf",
        },
    ),
}

DEVANAGARI = {
    "noto-sans-devanagari": (
        f"{EXPO}/noto-sans-devanagari",
        {
            "NotoSansDevanagari-Regular.ttf": "400Regular/NotoSansDevanagari_400Regular.ttf",
            "NotoSansDevanagari-Medium.ttf": "500Medium/NotoSansDevanagari_500Medium.ttf",
            "NotoSansDevanagari-SemiBold.ttf": "600SemiBold/NotoSansDevanagari_600SemiBold.ttf",
        },
    ),
    "noto-serif-devanagari": (
        f"{EXPO}/noto-serif-devanagari",
        {
            "NotoSerifDevanagari-Light.ttf": "300Light/NotoSerifDevanagari_300Light.ttf",
            "NotoSerifDevanagari-SemiBold.ttf": "600SemiBold/NotoSerifDevanagari_600SemiBold.ttf",
        },
    ),
}

CHINESE = {
    "noto-sans-sc": (
        f"{EXPO}/noto-sans-sc",
        {
            "NotoSansSC-Regular.ttf": "400Regular/NotoSansSC_400Regular.ttf",
            "NotoSansSC-Medium.ttf": "500Medium/NotoSansSC_500Medium.ttf",
            "NotoSansSC-SemiBold.ttf": "600SemiBold/NotoSansSC_600SemiBold.ttf",
        },
    ),
    "noto-serif-sc": (
        f"{EXPO}/noto-serif-sc",
        {
            "NotoSerifSC-Light.ttf": "300Light/NotoSerifSC_300Light.ttf",
            "NotoSerifSC-SemiBold.ttf": "600SemiBold/NotoSerifSC_600SemiBold.ttf",
        },
    ),
}
# folder -> the file whose ascent, descent and line gap its files take: lines of two scripts stand on one baseline
METRICS = {
    "noto-sans-devanagari": "golos-text/GolosText-Regular.ttf",
    "noto-sans-sc": "golos-text/GolosText-Regular.ttf",
    "noto-serif-devanagari": "literata-display/LiterataDisplay-Light.ttf",
    "noto-serif-sc": "literata-display/LiterataDisplay-Light.ttf",
}
METRICS_NOTE = (
    "Ascent, descent and line gap (hhea, typo and win) are those of {donor}, so\n"
    "that lines and titles stand where they stand in the other languages."
)
USE_TYPO_METRICS = 1 << 7  # OS/2 fsSelection: the typo metrics are the font's
CHINESE_FEATURES = ["kern", "palt", "halt", "chws", "locl", "ccmp", "mark", "mkmk", "vert"]

# style name, weight, slope, unsplit file that lends the Cyrillic kerning
DISPLAY_STYLES = (
    ("Light", 300, "normal", "300Light/Literata_300Light.ttf"),
    ("Regular", 400, "normal", "400Regular/Literata_400Regular.ttf"),
    ("SemiBold", 600, "normal", "600SemiBold/Literata_600SemiBold.ttf"),
    ("LightItalic", 300, "italic", "300Light_Italic/Literata_300Light_Italic.ttf"),
)
DISPLAY_SCRIPTS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext")
DISPLAY_FEATURES = [
    "kern", "mark", "mkmk", "ccmp", "liga", "tnum", "pnum", "frac", "numr", "dnom",
]  # fmt: skip
DISPLAY_OPTICAL_SIZE = 72
CYRILLIC = "".join(map(chr, range(0x410, 0x450))) + "Ёё"
PUNCTUATION = ".,:;!?…-–—«»„“”‘’()[]/'\"№%0123456789"
# kerning (font units) that the Light style must have after the build
DISPLAY_KERNING = {"AV": -90, "Г.": -110, "Т,": -100, "ГА": -75}


def package_dir(npm: Path, package: str) -> Path:
    """Return the installed folder of an npm package."""
    return npm / "node_modules" / package


def package_label(npm: Path, package: str) -> str:
    """Return ``name version`` as the installed package states them."""
    meta = json.loads((package_dir(npm, package) / "package.json").read_text("utf-8"))
    return f"{meta['name']} {meta['version']}"


def pair_kerning(path: Path) -> Callable[[str], int]:
    """Return a function that measures the kerning of a short Cyrillic string."""
    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))

    def width(text: str, kern: bool) -> int:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.direction, buffer.script, buffer.language = "ltr", "Cyrl", "ru"
        hb.shape(font, buffer, {"kern": kern, "liga": False, "calt": False})
        return sum(position.x_advance for position in buffer.glyph_positions)

    return lambda text: width(text, True) - width(text, False)


def subset(font: TTFont, unicodes: Iterable[int], features: list[str], **extra: object) -> None:
    """Reduce ``font`` in place to the given code points and features."""
    options = SubsetOptions(layout_features=features, name_IDs=["*"], notdef_outline=True, **extra)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=unicodes)
    subsetter.subset(font)


def gb2312_codepoints() -> set[int]:
    """Return GB 2312 hanzi, CJK punctuation, full-width forms and signs; no Latin letters or digits.

    What is missing falls through to the next family of the stack, so that Latin words and figures in a Chinese
    text are set in the brand's faces. A file without them does that; ``unicode-range`` on a whole one doesn't.
    The quotes, dash, ellipsis and middle dot of Chinese stay: they are full width. So do the spaces, which take
    the font of the run that they stand in.
    """
    points = {*range(0x3000, 0x3040), *range(0xFF00, 0xFFF0)}
    points |= {0x20, 0xA0, 0xB7, 0x2014, 0x2018, 0x201C, 0x201D, 0x2026, 0x2103}
    points |= set(range(0x2190, 0x2194))
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                points.add(ord(bytes((high, low)).decode("gb2312")))
            except UnicodeDecodeError:
                continue  # unassigned cell at the end of row 55
    return points


def display_parts(source: Path, slope: str, weight: int, folder: Path) -> list[str]:
    """Cut one static instance per script file, no code point in two of them.

    A code point found in two inputs would make the merger add ``locl`` swaps,
    which silently disable the Latin kerning.
    """
    parts: list[str] = []
    taken: set[int] = set()
    for script in DISPLAY_SCRIPTS:
        font = TTFont(source / "files" / f"literata-{script}-opsz-{slope}.woff2")
        font.flavor = None
        font = instantiateVariableFont(font, {"opsz": DISPLAY_OPTICAL_SIZE, "wght": weight})
        for tag in ("STAT", "HVAR", "MVAR", "avar"):
            if tag in font:
                del font[tag]
        keep = set(font.getBestCmap()) - taken
        taken |= keep
        subset(font, keep, DISPLAY_FEATURES, glyph_names=True)
        path = folder / f"{script}.ttf"
        font.save(path)
        parts.append(str(path))
    return parts


def add_cyrillic_kerning(font: TTFont, kerning: Callable[[str], int]) -> None:
    """Give back the kerning between Cyrillic letters and punctuation.

    The split web files hold letters and punctuation apart, so these pairs
    (such as "Г." and "Т,") are missing after the merge.
    """
    cmap, builder, done = font.getBestCmap(), PairPosBuilder(font, None), set()
    for letter in CYRILLIC:
        for mark in PUNCTUATION:
            for first, second in ((letter, mark), (mark, letter)):
                pair = (cmap.get(ord(first)), cmap.get(ord(second)))
                if None in pair or pair in done:
                    continue
                value = kerning(first + second)
                if value:
                    done.add(pair)
                    adjust = buildValue({"XAdvance": value})
                    builder.addGlyphPair(None, pair[0], adjust, pair[1], None)
    table = font["GPOS"].table
    index = len(table.LookupList.Lookup)
    table.LookupList.Lookup.append(builder.build())
    table.LookupList.LookupCount = index + 1
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "kern" and index not in record.Feature.LookupListIndex:
            record.Feature.LookupListIndex.append(index)
            record.Feature.LookupCount = len(record.Feature.LookupListIndex)


def name_display(font: TTFont, style: str, weight: int, slope: str) -> None:
    """Write the family, style and PostScript names of Literata Display."""
    family = "Literata Display"
    legacy = family if style == "Regular" else f"{family} {style}"
    names = {
        1: legacy,
        2: "Italic" if slope == "italic" else "Regular",
        3: f"{family} {style} merged",
        4: f"{family} {style}",
        6: f"LiterataDisplay-{style}",
        16: family,
        17: style,
    }
    for name_id, text in names.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight


def make_display(npm: Path) -> None:
    """Build Literata Display: Literata at optical size 72, one file per style."""
    split, whole = "@fontsource-variable/literata", f"{EXPO}/literata"
    folder = fresh_folder("literata-display")
    for style, weight, slope, donor in DISPLAY_STYLES:
        with tempfile.TemporaryDirectory() as temp:
            parts = display_parts(package_dir(npm, split), slope, weight, Path(temp))
            drop = ["STAT", "avar", "prep", "gasp", "fpgm", "cvt "]
            font = Merger(options=MergeOptions(drop_tables=drop)).merge(parts)
            add_cyrillic_kerning(font, pair_kerning(package_dir(npm, whole) / donor))
            name_display(font, style, weight, slope)
            font.save(folder / f"LiterataDisplay-{style}.ttf")
    measure = pair_kerning(folder / "LiterataDisplay-Light.ttf")
    found = {pair: measure(pair) for pair in DISPLAY_KERNING}
    if found != DISPLAY_KERNING:
        raise SystemExit(f"Literata Display Light: kerning {found}, wanted {DISPLAY_KERNING}")
    shutil.copyfile(package_dir(npm, whole) / "LICENSE_FONT", folder / "OFL.txt")
    write_fontlog(
        folder,
        [package_label(npm, split), package_label(npm, whole)],
        "Modified version named Literata Display. The variable script files (latin,\n"
        "latin-ext, cyrillic, cyrillic-ext) were instanced at optical size 72 and the\n"
        "weight of each style, subset so that they do not overlap, and merged into one\n"
        "TrueType file per style without hinting. Kerning between Cyrillic letters and\n"
        "punctuation was taken from the unsplit static files of the second package and\n"
        "added as one more pair lookup. Names and weight class were set anew.",
    )


def make_unmodified(npm: Path, family: str) -> None:
    """Copy a family whose files are used exactly as published."""
    package, files = UNMODIFIED[family]
    folder, source = fresh_folder(family), package_dir(npm, package)
    for ours, theirs in files.items():
        shutil.copyfile(source / theirs, folder / ours)
    shutil.copyfile(source / "LICENSE_FONT", folder / "OFL.txt")
    text = "Unmodified; only the file names were changed."
    write_fontlog(folder, [package_label(npm, package)], text)


def take_metrics(font: TTFont, family: str) -> None:
    """Give ``font`` the vertical metrics of its family's donor in METRICS, scaled to its own em."""
    donor = TTFont(FONTS / METRICS[family])
    em = font["head"].unitsPerEm / donor["head"].unitsPerEm
    for table, fields in (
        ("hhea", ("ascent", "descent", "lineGap")),
        ("OS/2", ("sTypoAscender", "sTypoDescender", "sTypoLineGap", "usWinAscent", "usWinDescent")),
    ):
        for field in fields:
            setattr(font[table], field, round(getattr(donor[table], field) * em))
    font["OS/2"].fsSelection |= USE_TYPO_METRICS


def metrics_note(family: str) -> str:
    """Return what FONTLOG says of the metrics."""
    return METRICS_NOTE.format(donor=Path(METRICS[family]).stem)


def make_devanagari(npm: Path, family: str) -> None:
    """Copy a Devanagari family, with the vertical metrics of the brand's own faces."""
    package, files = DEVANAGARI[family]
    folder, source = fresh_folder(family), package_dir(npm, package)
    for ours, theirs in files.items():
        font = TTFont(source / theirs, recalcTimestamp=False)
        take_metrics(font, family)
        font.save(folder / ours)
    shutil.copyfile(source / "LICENSE_FONT", folder / "OFL.txt")
    note = f"{metrics_note(family)}\nAll else, names too, as published."
    write_fontlog(folder, [package_label(npm, package)], note)


def make_chinese(npm: Path, family: str) -> None:
    """Subset a Noto CJK family to GB 2312 and keep it as plain TrueType."""
    package, files = CHINESE[family]
    folder, source = fresh_folder(family), package_dir(npm, package)
    for ours, theirs in files.items():
        font = TTFont(source / theirs)
        subset(font, gb2312_codepoints(), CHINESE_FEATURES, hinting=False)
        take_metrics(font, family)
        del font["BASE"]  # it would shift hanzi against the Latin letters beside them
        font.save(folder / ours)
    shutil.copyfile(source / "LICENSE_FONT", folder / "OFL.txt")
    write_fontlog(
        folder,
        [package_label(npm, package)],
        "Subset to the 6763 hanzi of GB 2312, CJK punctuation, full-width forms and some\n"
        "typographic signs, without Latin letters and digits; hinting and the table BASE\n"
        "removed; layout features kept:\n"
        f"{' '.join(CHINESE_FEATURES)}. Saved as TrueType, names unchanged.\n"
        f"{metrics_note(family)}",
    )


def fresh_folder(family: str) -> Path:
    """Return the family's folder, created and empty of font files."""
    folder = FONTS / family
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.ttf"):
        old.unlink()
    return folder


def write_fontlog(folder: Path, packages: list[str], done: str) -> None:
    """Write FONTLOG.txt: origin, what was done, checksum of every file."""
    lines = [f"FONTLOG for {folder.name}", ""]
    lines += [f"Source (npm): {package}" for package in packages]
    owners = {TTFont(path)["name"].getDebugName(0) for path in folder.glob("*.ttf")}
    lines += [f"Copyright as stated in the files: {owner}" for owner in sorted(owners)]
    lines += ["Licence: SIL Open Font License 1.1, see OFL.txt", "", done, ""]
    lines += ["Made by assets/prepare/fonts.py. Files (sha256, bytes, name):"]
    for path in sorted(folder.glob("*.ttf")):
        data = path.read_bytes()
        lines.append(f"{hashlib.sha256(data).hexdigest()} {len(data):>8} {path.name}")
    (folder / "FONTLOG.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> None:
    """Make the families named on the command line, or all of them."""
    if not arguments:
        raise SystemExit(__doc__)
    os.environ.setdefault("SOURCE_DATE_EPOCH", BUILD_EPOCH)
    npm = Path(arguments[0])
    makers = {
        **dict.fromkeys(UNMODIFIED, make_unmodified),
        "literata-display": lambda where, _family: make_display(where),
        **dict.fromkeys(DEVANAGARI, make_devanagari),
        **dict.fromkeys(CHINESE, make_chinese),
    }
    for family in arguments[1:] or makers:
        if family not in makers:
            raise SystemExit(f"unknown family {family!r}; choose from {', '.join(makers)}")
        makers[family](npm, family)
        print(f"{family}: done", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
