"""The bundled encoder's tokenizer: Unigram over the kept pieces, as XLM-RoBERTa cuts text."""

from __future__ import annotations

from collections.abc import Sequence

from tokenizers import AddedToken, Regex, Tokenizer, decoders, normalizers, pre_tokenizers
from tokenizers.models import Unigram
from tokenizers.processors import TemplateProcessing

SPECIALS = ("<s>", "<pad>", "</s>", "<unk>")  # their ids are 0…3 in every XLM-R vocabulary
MASK = "<mask>"
# Log-probability of the pieces our training adds: that of a word of middling frequency, above
# any cut into fragments, which costs the sum of theirs.
ADDED_SCORE = -11.0
_UNKNOWN_ID = 3


def build_tokenizer(pieces: Sequence[str], scores: Sequence[float]) -> Tokenizer:
    """Return the tokenizer over `pieces`, in the order of their embedding rows."""
    tokenizer = Tokenizer(Unigram(list(zip(pieces, scores, strict=True)), _UNKNOWN_ID, False))
    # NFKC belongs here and nowhere else: the text that is shown and indexed stays NFC.
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"[\s\x00-\x1f\x7f\u200b\ufeff]+"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(prepend_scheme="always")]
    )
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    tokenizer.post_processor = TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    tokenizer.add_special_tokens(
        [AddedToken(name, special=True, normalized=False) for name in (*SPECIALS, MASK)]
    )
    return tokenizer
