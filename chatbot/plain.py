"""Answers as plain text, for the command line."""

from __future__ import annotations

from chatbot.answers import Answer
from chatbot.messages import VIETNAMESE as WORDS


def as_plain_text(answer: Answer) -> str:
    """Return what a person reads in a terminal; the quotation keeps its lines."""
    lines: list[str] = []
    if answer.understood_as:
        lines.append(f"{WORDS.understood_as} {answer.understood_as}")
    if answer.answer is None:
        lines.append(answer.message)
    else:
        quoted = answer.answer
        lines.append(WORDS.according_to.format(citation=quoted.citation))
        lines += [quoted.heading] if quoted.heading else []
        lines += ["", quoted.quote, ""]
        if not quoted.complete:
            lines.append(f"({WORDS.missing_in_source}) {WORDS.missing_explained}")
        lines.append(quoted.url)
    if answer.alternatives:
        lines.append(WORDS.alternatives.format(count=len(answer.alternatives)))
        lines += [f"- {other.citation}" for other in answer.alternatives]
    return "\n".join(lines)
