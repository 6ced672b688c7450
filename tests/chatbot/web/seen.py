"""What a page tells a visitor: text in sight, names of controls, hints; not what they typed."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Frame, Page

_COLLECT = """() => {
  const found = [[document.documentElement.lang, document.title]];
  const languageOf = (node) => node.closest("[lang]")?.lang ?? "";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent.closest("script, style, template, noscript, code, pre, .asked > [lang]")) continue;
    if (!parent.checkVisibility({ visibilityProperty: true })) continue;
    if (walker.currentNode.data.trim()) found.push([languageOf(parent), walker.currentNode.data]);
  }
  for (const element of document.querySelectorAll("*")) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    for (const name of ["aria-label", "placeholder", "title", "alt", "data-note"]) {
      const value = element.getAttribute(name);
      if (value?.trim()) found.push([languageOf(element), value]);
    }
  }
  return found;
}"""


@dataclass(frozen=True, slots=True)
class Seen:
    """A text and the language the page says it is in."""

    language: str
    text: str


def seen_on(page: Page) -> list[Seen]:
    """Return every text of a page and of the frames in it."""
    return [one for frame in page.frames for one in _seen_in(frame)]


def _seen_in(frame: Frame) -> list[Seen]:
    return [Seen(language, " ".join(text.split())) for language, text in frame.evaluate(_COLLECT)]
