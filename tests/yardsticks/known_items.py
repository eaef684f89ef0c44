#!/usr/bin/env python3
"""Writes known_items.csv: the titles of known_items_titles.csv in twelve kinds of spelling.

    python3 known_items.py REAL.csv [known_items_titles.csv] > known_items.csv

REAL.csv is the whole file of real vacancies (columns ref and title). Chance is seeded from
the ref and the kind of each row, so the order of rows and further kinds change nothing else.
The rules are in README.md beside this file.
"""

import collections
import csv
import pathlib
import random
import re
import sys
import unicodedata

SEED = "known-items-1"

WORD = re.compile(r"[^\W_]+")
LETTERS = re.compile(r"[^\W\d_]{4,}")

# Marks of the alphabet and marks of tone, as combining characters.
CIRCUMFLEX, BREVE, HORN = "\u0302", "\u0306", "\u031b"
TONES = {"\u0301": ("s", "1"), "\u0300": ("f", "2"), "\u0309": ("r", "3"), "\u0303": ("x", "4"), "\u0323": ("j", "5")}
VNI_MARKS = {CIRCUMFLEX: "6", HORN: "7", BREVE: "8"}

# The keys beside each key, on the same row and the rows above and below.
NEIGHBOURS = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok",
    "o": "ipl", "p": "ol", "a": "qsz", "s": "adwx", "d": "sfec", "f": "dgrv", "g": "fhtb",
    "h": "gjyn", "j": "hkum", "k": "jli", "l": "ko", "z": "axs", "x": "zcs", "c": "xvd",
    "v": "cbf", "b": "vng", "n": "bmh", "m": "nj",
}


def nfc(text):
    return unicodedata.normalize("NFC", text)


def fold(text):
    """Without accents; case is kept."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D")


def words(text):
    return WORD.findall(nfc(text).lower())


def norm(text):
    """NFC, lower case, runs of space and punctuation as one space."""
    return " ".join(words(text))


class Chance:
    """Only random() is used, whose sequence is promised to stay the same across versions."""

    def __init__(self, ref, kind):
        self.source = random.Random(f"{SEED}/{ref}/{kind}")

    def below(self, bound):
        return int(self.source.random() * bound)

    def pick(self, items):
        return items[self.below(len(items))]

    def shuffled(self, items):
        items = list(items)
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]
        return items


def misspell(word, chance):
    """One letter of the word substituted, dropped, doubled or swapped with its neighbour."""
    plain = [i for i, c in enumerate(word) if c.lower() in NEIGHBOURS]
    swaps = [i for i in range(len(word) - 1) if word[i].lower() != word[i + 1].lower()]
    ways = (["substitute", "drop", "double"] if plain else []) + (["swap"] if swaps else [])
    way = chance.pick(ways)
    at = chance.pick(swaps if way == "swap" else plain)
    before, letter, after = word[:at], word[at], word[at + 1:]
    if way == "substitute":
        other = chance.pick(NEIGHBOURS[letter.lower()])
        return before + (other.upper() if letter.isupper() else other) + after
    if way == "drop":
        return before + after
    if way == "double":
        return before + letter + (letter if word.isupper() else letter.lower()) + after
    pair = after[0] + letter
    return before + (pair.capitalize() if word.istitle() and at == 0 else pair) + after[1:]


def with_typos(text, count, chance, taken):
    """Misspells `count` different words; never makes another title of the real file of it."""
    spots = {}
    for spot in chance.shuffled(list(LETTERS.finditer(text))):
        spots.setdefault(fold(spot.group()).lower(), spot)
    chosen = sorted(list(spots.values())[:count], key=lambda spot: -spot.start())
    if not chosen:
        return text
    while True:
        changed = text
        for spot in chosen:
            changed = changed[:spot.start()] + misspell(spot.group(), chance) + changed[spot.end():]
        if fold(norm(changed)) not in taken:
            return changed


def rarest(title, frequency):
    """The three rarest different words, as written, in the order of the title."""
    first = {}
    for spot in WORD.finditer(title):
        first.setdefault(spot.group().lower(), spot)
    chosen = sorted(first, key=lambda word: (frequency[word], first[word].start()))[:3]
    return [first[word].group() for word in sorted(chosen, key=lambda word: first[word].start())]


def tokens(title):
    """What stands between blanks, without the punctuation around it (C# and C++ stay)."""
    bare = (re.sub(r"^[\W_]+|(?:(?![#+])[\W_])+$", "", token) for token in title.split())
    return [token for token in bare if token]


def reordered(title, chance):
    before = tokens(title)
    if len({token.lower() for token in before}) < 2:
        return " ".join(before)
    while True:
        after = chance.shuffled(before)
        if [token.lower() for token in after] != [token.lower() for token in before]:
            return " ".join(after)


def typed(syllable, vni):
    """The keys pressed for a syllable, the tone last."""
    keys, tone = [], ""
    upper = len(syllable) > 1 and syllable.isupper()
    for letter in syllable:
        base, *marks = unicodedata.normalize("NFD", letter)
        if letter in "đĐ":
            base, marks = ("D" if letter == "Đ" else "d"), ["stroke"]
        keys.append(base)
        for mark in marks:
            if mark in TONES:
                tone = TONES[mark][1 if vni else 0]
            elif vni:
                keys.append("9" if mark == "stroke" else VNI_MARKS.get(mark, ""))
            else:
                second = base.lower() if mark in ("stroke", CIRCUMFLEX) else "w"
                keys.append(second.upper() if upper else second)
    return "".join(keys) + (tone.upper() if upper else tone)


def keyed(title, vni):
    return re.sub(r"[^\W\d_]+", lambda spot: typed(spot.group(), vni), title)


def joined(title, chance):
    spots = list(WORD.finditer(title))
    pairs = list(zip(spots, spots[1:]))
    blank = [pair for pair in pairs if title[pair[0].end():pair[1].start()].isspace()]
    if not pairs:
        return title
    left, right = chance.pick(blank or pairs)
    return title[:left.end()] + title[right.start():]


def last_cut(title):
    last = list(WORD.finditer(title))[-1]
    keep = max(2, (len(last.group()) + 1) // 2)
    return title[:last.start()] + last.group()[:keep]


class Answers:
    """Which rows of the real file are as good an answer."""

    def __init__(self, rows):
        self.order = [row["ref"] for row in rows]
        self.norms = {row["ref"]: norm(row["title"]) for row in rows}
        self.folded = {ref: fold(text) for ref, text in self.norms.items()}
        self.word_sets = {ref: set(text.split()) for ref, text in self.norms.items()}
        self.folded_sets = {ref: set(text.split()) for ref, text in self.folded.items()}
        self.frequency = collections.Counter(word for found in self.word_sets.values() for word in found)

    def matching(self, ref, fits):
        """The source first, the others in the order of the file."""
        return [ref] + [other for other in self.order if other != ref and fits(other)]

    def of(self, ref, kind, query):
        own = self.norms[ref]
        if kind == "three_rarest":
            wanted = set(words(query))
            return self.matching(ref, lambda other: wanted <= self.word_sets[other])
        if kind == "three_rarest_no_accents":
            wanted = set(words(fold(query)))
            return self.matching(ref, lambda other: wanted <= self.folded_sets[other])
        if kind in ("no_accents", "two_typos_no_accents"):
            return self.matching(ref, lambda other: self.folded[other] == self.folded[ref])
        if kind == "reordered":
            bag = sorted(own.split())
            return self.matching(ref, lambda other: sorted(self.norms[other].split()) == bag)
        if kind == "last_cut":
            begin = norm(query)
            return self.matching(ref, lambda other: self.norms[other].startswith(begin))
        return self.matching(ref, lambda other: self.norms[other] == own)


def queries(ref, raw, answers):
    title = nfc(raw)
    taken = set(answers.folded.values())
    rare = " ".join(rarest(title, answers.frequency))
    yield "as_written", raw
    yield "nfd", unicodedata.normalize("NFD", title)
    yield "no_accents", fold(title)
    yield "one_typo", with_typos(title, 1, Chance(ref, "one_typo"), taken)
    yield "two_typos_no_accents", with_typos(fold(title), 2, Chance(ref, "two_typos_no_accents"), taken)
    yield "three_rarest", rare
    yield "three_rarest_no_accents", fold(rare)
    yield "reordered", reordered(title, Chance(ref, "reordered"))
    yield "telex", keyed(title, vni=False)
    yield "vni", keyed(title, vni=True)
    yield "joined", joined(title, Chance(ref, "joined"))
    yield "last_cut", last_cut(title)


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main():
    if not 2 <= len(sys.argv) <= 3:
        sys.exit(__doc__)
    beside = pathlib.Path(__file__).with_name("known_items_titles.csv")
    answers = Answers(read(sys.argv[1]))
    sys.stdout.reconfigure(encoding="utf-8", newline="")
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["id", "kind", "query", "refs"])
    for row in read(sys.argv[2] if len(sys.argv) == 3 else beside):
        for kind, query in queries(row["ref"], row["title"], answers):
            refs = "|".join(answers.of(row["ref"], kind, query))
            out.writerow([f"{row['ref']}:{kind}", kind, query, refs])


if __name__ == "__main__":
    main()
