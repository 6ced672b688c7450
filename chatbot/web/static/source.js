// The page of a document: where the reader is, tools for a provision, definitions, marked words.
// Reading, links and marks on the linked place work without this file.
(() => {
  "use strict";

  const words = JSON.parse(document.getElementById("source-words").textContent);
  const text = document.getElementById("text");
  const framed = document.body.classList.contains("framed");
  const wide = matchMedia("(min-width: 60rem)");

  // --- table of contents: open where there is room, with the present article marked -----------

  const contents = document.getElementById("contents");
  const links = new Map();
  for (const link of contents.querySelectorAll("a[data-article]")) {
    links.set(decodeURIComponent(link.hash.slice(1)), link);
  }
  contents.open = wide.matches && !framed;
  contents.addEventListener("click", (event) => {
    if (event.target.closest("a") && !(wide.matches && !framed)) contents.open = false;
  });

  let current = null;
  function mark(id) {
    if (current === links.get(id)) return;
    current?.removeAttribute("aria-current");
    current = links.get(id);
    if (!current) return;
    current.setAttribute("aria-current", "true");
    const list = contents.parentElement;
    const box = current.getBoundingClientRect();
    const room = list.getBoundingClientRect();
    if (box.top < room.top || box.bottom > room.bottom) list.scrollTop += box.top - room.top - room.height / 3;
  }
  const watcher = new IntersectionObserver(
    (seen) => {
      for (const one of seen) if (one.isIntersecting) mark(one.target.id);
    },
    { rootMargin: "-15% 0px -75% 0px" },
  );
  for (const article of text.querySelectorAll(".article")) watcher.observe(article);

  // --- the quotation of a provision, exactly --------------------------------------------------

  // Lines of the provision as the server quotes them: no lone label, no gap at the end.
  function quotedLines(provision) {
    const lines = [...provision.querySelectorAll(".line")];
    if (provision.querySelector(":scope > .label-alone")) lines.shift();
    while (lines.at(-1)?.closest(".gap")) lines.pop();
    return lines;
  }

  const quoteOf = (provision) => {
    const blanks = "\n";
    return quotedLines(provision).map((line) => line.textContent.trim()).join(blanks);
  };

  // Marks the words that answer: offsets into the quotation, "12-40.60-72".
  function markAnswer(provision) {
    const spans = new URLSearchParams(location.search).get("danh-dau");
    if (!spans || !window.CSS?.highlights) return;
    const first = quotedLines(provision)[0];
    if (!first) return;
    const all = hoiLuatFind.readLine(provision); // includes what stands between the lines
    const own = all.nodes.filter((entry) => !entry.node.parentElement.closest("[data-ui]") && entry.node.parentElement.closest(".line, .blank"));
    let length = 0;
    let begun = false;
    const nodes = [];
    for (const entry of own) {
      begun ||= first.contains(entry.node);
      if (!begun) continue;
      nodes.push({ node: entry.node, start: length });
      length += entry.node.data.length;
    }
    const lead = nodes[0].node.data.length - nodes[0].node.data.trimStart().length;
    const ranges = [];
    for (const span of spans.split(".")) {
      const [start, end] = span.split("-").map(Number);
      if (start >= 0 && end > start && end + lead <= length) {
        ranges.push(hoiLuatFind.rangeOf({ nodes }, start + lead, end + lead));
      }
    }
    CSS.highlights.set("answer", new Highlight(...ranges));
  }

  // --- tools for a provision --------------------------------------------------------------------

  const tools = document.createElement("div");
  tools.className = "tools";
  tools.dataset.ui = "";
  tools.setAttribute("role", "group");
  for (const [action, label] of [["cite", words.copy_citation], ["link", words.copy_link], ["ask", words.ask_about]]) {
    if (action === "ask" && !words.chat) continue; // an earlier text is not asked
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet small";
    button.dataset.tool = action;
    button.textContent = label;
    tools.append(button);
  }

  const placeOf = (provision) => `${provision.dataset.place} ${words.name}`;
  const linkTo = (id) => `${location.origin}${words.base}/van-ban/${words.document}#${id}`;

  function showTools(provision) {
    if (!provision?.dataset.place) return;
    tools.setAttribute("aria-label", words.tools.replace("{citation}", provision.dataset.place));
    provision.prepend(tools);
  }

  function askAbout(provision) {
    const place = { document_id: words.document, provision: provision.id, citation: placeOf(provision) };
    if (framed && parent !== window && parent.hoiLuat) {
      parent.hoiLuat.setAbout(place);
      if (!parent.matchMedia("(min-width: 64rem)").matches) parent.hoiLuatPanel.close();
      return;
    }
    const query = new URLSearchParams({ "van-ban": words.document, "quy-dinh": provision.id });
    top.location.assign(`${words.chat}?${query}`);
  }

  tools.addEventListener("click", (event) => {
    const button = event.target.closest("[data-tool]");
    const provision = tools.closest(".provision");
    if (!button) return;
    if (button.dataset.tool === "cite") {
      const cited = hoiLuatClipboard.citation(quoteOf(provision), placeOf(provision), linkTo(provision.id));
      hoiLuatClipboard.copyFrom(button, cited, words);
    } else if (button.dataset.tool === "link") {
      hoiLuatClipboard.copyFrom(button, linkTo(provision.id), words);
    } else {
      askAbout(provision);
    }
  });

  // --- definitions, on hover, focus or tap ------------------------------------------------------

  const note = document.createElement("div");
  note.className = "definition";
  note.id = "definition";
  note.setAttribute("role", "tooltip");
  note.hidden = true;
  document.body.append(note);
  let explained = null;
  let closing = 0;

  function explain(term) {
    const target = document.getElementById(decodeURIComponent(term.hash.slice(1)));
    if (!target) return;
    clearTimeout(closing);
    explained = term;
    const title = document.createElement("strong");
    title.textContent = `${words.definition} (${target.dataset.place})`;
    note.replaceChildren(title, quoteOf(target));
    note.hidden = false;
    term.setAttribute("aria-describedby", "definition");
    const box = term.getBoundingClientRect();
    const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - note.offsetWidth - 8));
    const below = box.bottom + 6 + note.offsetHeight < innerHeight;
    note.style.left = `${left + scrollX}px`;
    note.style.top = `${scrollY + (below ? box.bottom + 6 : box.top - note.offsetHeight - 6)}px`;
  }

  function unexplain() {
    explained?.removeAttribute("aria-describedby");
    explained = null;
    note.hidden = true;
  }

  const later = () => (closing = setTimeout(unexplain, 250));
  const termOf = (event) => event.target.closest?.("a.term");
  text.addEventListener("pointerover", (event) => {
    if (termOf(event) && event.pointerType === "mouse") explain(termOf(event));
  });
  text.addEventListener("pointerout", (event) => {
    if (termOf(event) && event.pointerType === "mouse") later();
  });
  note.addEventListener("pointerenter", () => clearTimeout(closing)); // may be read and selected
  note.addEventListener("pointerleave", later);
  text.addEventListener("focusin", (event) => {
    if (termOf(event)?.matches(":focus-visible")) explain(termOf(event));
  });
  text.addEventListener("focusout", (event) => {
    if (termOf(event)) later();
  });
  text.addEventListener("click", (event) => {
    const term = termOf(event);
    // The first tap explains, the second follows the link; a mouse has hovered already.
    if (term && explained !== term) {
      event.preventDefault();
      explain(term);
      return;
    }
    if (!term) unexplain();
    const anchor = event.target.closest("a.anchor");
    if (anchor) showTools(anchor.closest(".provision"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (explained) unexplain();
    else if (framed && parent !== window) parent.hoiLuatPanel?.close();
  });

  // Links to other documents keep the language and the frame this page is shown in.
  const kept = new URLSearchParams(location.search);
  kept.delete("danh-dau");
  if (kept.size) {
    for (const link of text.querySelectorAll('a[href*="/van-ban/"]')) link.search = kept;
  }

  // --- arriving at a place ----------------------------------------------------------------------

  function arrive() {
    const id = decodeURIComponent(location.hash.slice(1));
    const provision = id ? document.getElementById(id) : null;
    document.getElementById("missing-place").hidden = !id || Boolean(provision);
    unexplain();
    if (!provision || !text.contains(provision)) return;
    const article = provision.closest(".article");
    if (article) mark(article.id);
    showTools(provision);
    markAnswer(provision); // not `:target`, which a first visit sets after this has run
  }

  addEventListener("hashchange", arrive);
  addEventListener("beforeprint", () => (contents.open = false));
  arrive();
})();
