// Finding words in the document, with or without marks: "ke hoach" finds "kế hoạch", while
// "kế" finds only "kế". Matches are shown as highlights; the text itself is not touched.
(() => {
  "use strict";

  const text = document.getElementById("text");
  const bar = document.getElementById("find");
  const words = JSON.parse(document.getElementById("source-words").textContent);
  const field = bar.querySelector("input");
  const count = bar.querySelector("output");
  const MOST = 2000;

  let lines = null; // [{ nodes: [{node, start}], text, folded }]
  let found = [];
  let here = -1;
  let sought = "";

  // Every character folds to one character, so places in both texts agree.
  const fold = (raw) =>
    raw.toLowerCase().replace(/[^\u0000-\u007f]/g, (char) => {
      const bare = char.normalize("NFD").replace(/\p{M}/gu, "").replace("đ", "d");
      return bare.length === char.length ? bare : char;
    });

  const lower = (raw) => {
    const small = raw.toLowerCase();
    return small.length === raw.length ? small : raw;
  };

  function readLine(element) {
    const nodes = [];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let joined = "";
    while (walker.nextNode()) {
      nodes.push({ node: walker.currentNode, start: joined.length });
      joined += walker.currentNode.data;
    }
    return { nodes, text: lower(joined), folded: fold(joined) };
  }

  function place(line, offset) {
    const entry = line.nodes.findLast((one) => one.start <= offset);
    return [entry.node, offset - entry.start];
  }

  function rangeOf(line, start, end) {
    const range = new Range();
    range.setStart(...place(line, start));
    const [node, offset] = place(line, end - 1);
    range.setEnd(node, offset + 1);
    return range;
  }

  function search(query) {
    lines ??= [...text.querySelectorAll(".line")].map(readLine);
    const clean = query.normalize("NFC").trim().replace(/\s+/g, " ");
    const marked = fold(clean) !== clean.toLowerCase();
    const needle = marked ? clean.toLowerCase() : fold(clean);
    const ranges = [];
    if (!needle) return ranges;
    for (const line of lines) {
      const hay = marked ? line.text : line.folded;
      for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + needle.length)) {
        ranges.push(rangeOf(line, at, at + needle.length));
        if (ranges.length >= MOST) return ranges;
      }
    }
    return ranges;
  }

  function show() {
    if (window.CSS?.highlights) {
      CSS.highlights.set("found", new Highlight(...found));
      if (here >= 0) CSS.highlights.set("found-here", new Highlight(found[here]));
      else CSS.highlights.delete("found-here");
    }
    count.textContent = !sought ? "" : !found.length ? words.find_none : words.find_count
      .replace("{current}", here + 1).replace("{total}", found.length === MOST ? `${MOST}+` : found.length);
    if (here >= 0) scrollToRange(found[here]);
  }

  function scrollToRange(range) {
    // A provision that was never on screen has no measured place: bring its line up first.
    const line = range.startContainer.parentElement.closest(".line");
    const box = line.getBoundingClientRect();
    if (box.top < 80 || box.bottom > innerHeight - 20) line.scrollIntoView({ block: "center" });
    if (!window.CSS?.highlights) getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  }

  function step(by) {
    if (field.value !== sought) {
      sought = field.value;
      found = search(sought);
      // The first match below what is being read, not the first of the document.
      here = found.findIndex((range) => range.startContainer.parentElement.getBoundingClientRect().top >= 0);
      if (here < 0 && found.length) here = 0;
    } else if (found.length) {
      here = (here + by + found.length) % found.length;
    }
    show();
  }

  let timer = 0;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => step(1), 200);
  });
  bar.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    step(1);
  });
  bar.querySelector('[data-find="-1"]').addEventListener("click", () => step(-1));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && field.value) {
      event.stopPropagation();
      field.value = "";
      step(1);
    } else if (event.key === "Enter" && event.shiftKey) {
      event.preventDefault();
      step(-1);
    }
  });
  bar.hidden = false;

  window.hoiLuatFind = { readLine, rangeOf };
})();
