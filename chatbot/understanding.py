"""What a typed line means: a few small steps, each offering readings, one choice at the end.

The steps in order: clean text (NFC, no control characters); citations and numbers are set
aside; keys typed with the input method off are decoded (`chatbot.telex`); abbreviations are
spelled out (`chatbot.abbreviations`); missing marks are restored (`chatbot.restoring`);
slips are mended (`chatbot.typos`). The likeliest line of readings wins, so the steps inform
one another. A token that every step leaves alone stays exactly as typed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from chatbot import abbreviations, restoring, telex, typos
from chatbot.language import LanguageModel
from chatbot.readings import Reading, likeliest
from chatbot.restoring import Typing, typing_of
from chatbot.syllables import is_marked, is_valid
from corpus.citations import find_citations, find_documents
from corpus.text import nfc

TELEX_DECODED = 0.0
TELEX_FUZZY = -4.0  # keys in a wrong order or once too often
TELEX_KEPT = -6.0
LONGEST_LABEL = 2  # letters of a citation's labels and short markers
TELEX_SHARE = 0.3  # decodable share of a line without marks that makes it raw Telex
_JOINED = r"(?:[^\W_]{1,5}[&-]){0,3}[^\W_]{1,5}&[^\W_]{1,5}"  # TN&MT, LĐ-TB&XH
_WORD = re.compile(rf"\b{_JOINED}\b|[^\W_]+")
_SPACE = re.compile(r"\s+")
# Numbers of documents, addresses, endings of either (".vn", ".pdf").
_CODE = re.compile(r"\S*[/@\\]\S*|\S+\.\S{2,}\S*|\S*\d-\S*|(?<!\S)\.[a-zA-Z]{2,4}(?!\w)")


@dataclass(frozen=True, slots=True)
class Understanding:
    """A line as typed and as read."""

    typed: str  # NFC, spaces tidied
    text: str  # as read

    @property
    def changed(self) -> bool:
        """Whether the reader must be told how the line was read."""
        return self.text != self.typed


def understand(text: str, model: LanguageModel, names: Collection[str] = ()) -> Understanding:
    """Read a typed line.

    Args:
        text: What the user typed; control characters were refused before.
        model: Ranks readings.
        names: Numbers and titles of the loaded documents, which are written as they are.
    """
    typed = _SPACE.sub(" ", nfc(text)).strip()
    words = list(_WORD.finditer(typed))
    cited = [(found.start, found.end) for found in find_citations(typed, names)]
    free = _free(typed, words, cited)
    loose = [
        match
        for match, is_free in zip(words, free, strict=True)
        if is_free and "&" not in match.group()
    ]
    # `chatbot.citing` wrote the citations: they tell how a line was typed if there is nothing else.
    own = [match for match in loose if not _inside(match.start(), cited)]
    shown = [match.group() for match in own or loose]
    raw = _is_raw_telex(shown, model)
    typing = typing_of([word.lower() for word in shown], model)
    if raw:
        typing = Typing(sum(telex.decode(word.lower()) is not None for word in shown), 1)
    titled = _in_names(typed, words, names)
    columns = [
        (titled[match.start()],)
        if match.start() in titled
        else _readings(
            match.group(),
            model,
            typing,
            raw=raw,
            first=place == 0,
            in_capitals=typed.isupper(),
        )
        if is_free
        else (Reading.as_typed(match.group()),)
        for place, (match, is_free) in enumerate(zip(words, free, strict=True))
    ]
    chosen = likeliest(model, columns)
    return Understanding(typed, _rewrite(typed, words, chosen))


def _readings(
    typed: str,
    model: LanguageModel,
    typing: Typing,
    *,
    raw: bool,
    first: bool,
    in_capitals: bool,
) -> Sequence[Reading]:
    """Return what one token may stand for; the first step that knows it decides."""
    word = typed.lower()
    spelled = abbreviations.readings_of(typed, model, in_capitals=in_capitals)
    if "&" in word:
        return spelled or (Reading.as_typed(typed),)
    if raw and (decoded := _telex_readings(typed, model)):
        return decoded
    if any(character.isdigit() for character in word):
        return (Reading.as_typed(typed),)
    if spelled:
        return spelled
    # Names, brands and initials are not slips; who types marks types those of names.
    is_name = typed[0].isupper() and (not first or (len(typed) > 1 and typed.isupper()))
    if is_name and not in_capitals and not typing.lacks_marks:
        return (Reading.as_typed(typed),)
    if offered := restoring.readings_of(typed, model, typing):
        return offered
    return (Reading.as_typed(typed),) if is_name else typos.readings_of(typed, model)


def _telex_readings(typed: str, model: LanguageModel) -> tuple[Reading, ...]:
    word = typed.lower()
    if is_valid(word) or is_marked(word):
        return ()
    decoded, bare = telex.decode(word), telex.bare_letters(word)
    found = [Reading.syllable(decoded, typed, TELEX_DECODED)] if decoded else []
    if bare:
        found += [
            Reading.syllable(option, typed, TELEX_FUZZY)
            for option in model.readings.get(bare, ())
            if option != decoded
        ]
    return (Reading.as_typed(typed, TELEX_KEPT), *found) if found else ()


def _is_raw_telex(words: Sequence[str], model: LanguageModel) -> bool:
    """Tell whether a line was typed with the input method off.

    Several tokens that are no Vietnamese as typed, yet decode to it, in a line almost
    without marks; one is enough where the language has never seen it as typed.
    """
    lower = [word.lower() for word in words]
    marked = sum(map(is_marked, lower))
    decodable = [
        word
        for word in lower
        if not is_valid(word) and not is_marked(word) and model.knows(telex.decode(word) or "", 2)
    ]
    strange = [word for word in decodable if not model.knows(word, 2)]
    return bool(strange) and len(decodable) >= TELEX_SHARE * len(lower) and marked < len(decodable)


def _free(
    text: str, words: Sequence[re.Match[str]], cited: Collection[tuple[int, int]]
) -> list[bool]:
    """Tell which words a step may touch.

    Numbers of documents and addresses are not words. Inside a citation labels and short
    markers ("k3", "điểm đ") stay, while its long words may get their marks back.
    """
    codes = [match.span() for match in _CODE.finditer(text)]
    return [
        not _inside(word.start(), codes)
        and not (_inside(word.start(), cited) and len(word.group()) <= LONGEST_LABEL)
        for word in words
    ]


def _in_names(
    text: str, words: Sequence[re.Match[str]], names: Collection[str]
) -> dict[int, Reading]:
    """Return how words of document names typed without marks are written, by where they start."""
    readings: dict[int, Reading] = {}
    for found in find_documents(text, names):
        if found.number and found.number in names:
            spanned = [word for word in words if found.start <= word.start() < found.end]
            for word, written in zip(spanned, _WORD.findall(found.number), strict=False):
                if word.group().lower() != written.lower():
                    readings[word.start()] = Reading.syllable(written.lower(), word.group(), 0.0)
    return readings


def _inside(place: int, spans: Collection[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _rewrite(text: str, words: Sequence[re.Match[str]], readings: Sequence[Reading]) -> str:
    pieces, done = [], 0
    for match, reading in zip(words, readings, strict=True):
        pieces += [text[done : match.start()], reading.text if reading.changed else match.group()]
        done = match.end()
    return "".join([*pieces, text[done:]])
