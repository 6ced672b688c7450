// The conversation. Gradio carries question and answer; this file keeps the log of cards.
// It shows a question at once, appends the card the server rendered, remembers both for this
// tab, and sends the earlier turns with every question.
(() => {
  "use strict";

  const words = JSON.parse(document.getElementById("chat-words").textContent);
  const STORE = `hoi-luat-${words.language}`;
  const PATIENCE_MS = 90_000; // after that a question without answer counts as failed
  const KEPT_TURNS = 20;

  let entries = []; // { question, html, turn } of every answered question
  let waiting = null; // { question, element, timer }
  let about = null; // { document_id, provision, citation } a visitor came with
  let queued = null; // asked before Gradio was there
  let connected = false;

  // Gradio, which has no Vietnamese, sets the page's language to the browser's once it runs.
  const page = document.documentElement;
  const keepLanguage = () => {
    if (page.lang !== words.language) page.lang = words.language;
  };
  new MutationObserver(keepLanguage).observe(page, { attributeFilter: ["lang"] });
  keepLanguage();

  const $ = (selector) => document.querySelector(selector);
  const box = () => $("#question textarea");

  function announce(text) {
    $("#announcer").textContent = text;
  }

  // --- the log ---------------------------------------------------------------------------

  function appendTurn(question) {
    const turn = document.createElement("section");
    turn.className = "turn";
    const asked = document.createElement("h2");
    asked.className = "asked";
    const label = document.createElement("span");
    label.className = "visually-hidden";
    label.textContent = `${words.you_asked}: `;
    asked.append(label, question);
    const answer = document.createElement("div");
    answer.className = "reply";
    turn.append(asked, answer);
    $("#turns").append(turn);
    refresh();
    return turn;
  }

  function refresh() {
    const any = $("#turns").childElementCount > 0;
    $("#welcome").hidden = any;
    document.body.classList.toggle("has-turns", any);
    const free = innerHeight - $("#composer").offsetHeight;
    $("#turns").style.setProperty("--turn-height", `${Math.max(0, free)}px`);
  }

  function scrollToTurn(turn) {
    // Not scrollIntoView: in a frame that would move the host's page too.
    scrollTo({ top: turn.getBoundingClientRect().top + scrollY, behavior: "instant" });
  }

  function settle(html, announcement) {
    clearTimeout(waiting.timer);
    const reply = waiting.element.querySelector(".reply");
    reply.innerHTML = html; // rendered and escaped by the server
    reply.removeAttribute("aria-busy");
    announce(announcement);
    waiting = null;
  }

  // --- asked for by Gradio's events --------------------------------------------------------

  // Returns the new values of the box and of what is sent to the server.
  function send(question) {
    const turns = entries.map((entry) => entry.turn);
    if (about) {
      const { document_id, provision, citation } = about;
      turns.push({ question: citation, document_id, provision });
    }
    const element = appendTurn(question);
    const reply = element.querySelector(".reply");
    reply.setAttribute("aria-busy", "true");
    const searching = document.createElement("p");
    searching.className = "searching";
    searching.textContent = words.searching;
    reply.append(searching);
    waiting = { question, element, timer: setTimeout(fail, PATIENCE_MS) };
    scrollToTurn(element);
    announce(words.searching);
    const message = { question, history: turns.slice(-KEPT_TURNS), document_id: about?.document_id ?? null };
    return ["", message];
  }

  function receive(message) {
    if (!waiting || !message) return;
    const { question } = waiting;
    settle(message.html, message.announcement);
    entries.push({ question, html: message.html, turn: message.turn });
    remember();
  }

  function fail() {
    if (!waiting) return;
    const { question, element } = waiting;
    settle($("#offline-card").innerHTML, words.unavailable_title);
    element.querySelector("[data-ask]").dataset.ask = question;
  }

  function clear() {
    clearTimeout(waiting?.timer);
    waiting = null;
    entries = [];
    $("#turns").replaceChildren();
    refresh();
    remember();
    announce(words.cleared);
    scrollTo({ top: 0, behavior: "instant" });
    box().focus({ preventScroll: true });
  }

  function connect() {
    $("#starting")?.remove();
    connected = true;
    restore();
    refresh();
    readAddress();
    if (queued) ask(queued);
  }

  // --- memory of this tab --------------------------------------------------------------------

  function remember() {
    try {
      sessionStorage.setItem(STORE, JSON.stringify(entries));
    } catch {
      // storage is closed or full: the conversation lives as long as the page
    }
  }

  function restore() {
    try {
      entries = JSON.parse(sessionStorage.getItem(STORE)) ?? [];
    } catch {
      entries = [];
    }
    for (const entry of entries) {
      appendTurn(entry.question).querySelector(".reply").innerHTML = entry.html;
    }
    const last = $("#turns").lastElementChild;
    if (last) scrollToTurn(last);
  }

  // --- asking ------------------------------------------------------------------------------

  function ask(question) {
    if (!connected) {
      queued = question;
      return;
    }
    queued = null;
    const field = box();
    field.value = question;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    requestAnimationFrame(() => $("#send").click()); // after Gradio has taken the text
  }

  // A question about one provision: `?van-ban=ID&quy-dinh=PROVISION`, or from the panel.
  async function readAddress() {
    const address = new URL(location.href);
    const document_id = address.searchParams.get("van-ban");
    const provision = address.searchParams.get("quy-dinh");
    if (!document_id || !provision) return;
    const place = `${encodeURIComponent(document_id)}/provisions/${encodeURIComponent(provision)}`;
    const response = await fetch(`${words.base}/api/v1/documents/${place}`);
    if (response.ok) setAbout({ document_id, provision, citation: (await response.json()).citation });
    for (const name of ["van-ban", "quy-dinh"]) address.searchParams.delete(name);
    history.replaceState(history.state, "", address);
  }

  function setAbout(place) {
    about = place;
    const line = $("#about");
    line.hidden = !place;
    if (place) line.querySelector("span").textContent = words.about.replace("{citation}", place.citation);
    refresh();
    box().focus({ preventScroll: true });
  }

  // A question that is empty, or asked while another is being answered, is not sent.
  function mayNotSend() {
    if (waiting) return true;
    if (box().value.trim()) return false;
    announce(words.question_empty);
    box().focus({ preventScroll: true });
    return true;
  }

  addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.target !== box()) return;
    // While an input method composes a syllable, Enter ends the syllable, not the question.
    if (event.isComposing || event.keyCode === 229) event.stopImmediatePropagation();
    else if (mayNotSend()) {
      event.stopImmediatePropagation();
      event.preventDefault();
    }
  }, true);

  addEventListener("click", (event) => {
    const target = event.target.closest?.("#send, [data-ask], [data-copy], [data-about-remove]");
    if (!target) return;
    if (target.id === "send") {
      if (mayNotSend()) event.stopImmediatePropagation();
    } else if (target.dataset.ask !== undefined) {
      if (!waiting) ask(target.dataset.ask);
    } else if (target.dataset.copy !== undefined) {
      copyCitation(target);
    } else {
      setAbout(null);
    }
  }, true);

  async function copyCitation(button) {
    const card = button.closest(".card");
    const link = new URL(card.querySelector("[data-permalink]").dataset.permalink, location.href);
    const quote = card.querySelector("blockquote").textContent;
    const text = hoiLuatClipboard.citation(quote, button.dataset.citation, link.href);
    if (await hoiLuatClipboard.copyFrom(button, text, words)) announce(words.copied);
  }

  addEventListener("resize", () => connected && refresh());

  window.hoiLuat = { send, receive, fail, clear, connect, setAbout };
})();
