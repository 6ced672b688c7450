// The conversation. Gradio carries question and answer; this file keeps the log of cards.
// It shows a question at once, appends the card the server rendered, remembers both for this
// tab, and sends the earlier turns with every question.
(() => {
  "use strict";

  const words = JSON.parse(document.getElementById("chat-words").textContent);
  const STORE = `hoi-luat-${words.language}${words.document ? `-${words.document}` : ""}`;
  const PATIENCE_MS = 90_000; // after that a question without answer counts as failed
  const KEPT_TURNS = 20;

  let entries = []; // { question, html, turn } of every answered question
  let waiting = null; // { question, element, timer, pulse }
  let unanswered = ""; // the last question while it has no answer, kept over a reload
  let about = null; // { document_id, provision, citation } a visitor came with
  let aboutFrom = 0; // how many turns came before it
  let queued = null; // asked before Gradio was there
  let asTyped = false; // the next question is to be read exactly as typed
  let connected = false;
  let composerHeight = 0;
  let restored = false;

  // Gradio, which has no Vietnamese, sets the page's language to the browser's once it runs.
  const page = document.documentElement;
  const keepLanguage = () => {
    if (page.lang !== words.language) page.lang = words.language;
  };
  new MutationObserver(keepLanguage).observe(page, { attributeFilter: ["lang"] });
  keepLanguage();

  const $ = (selector) => document.querySelector(selector);
  const box = () => $("#question textarea");
  const tell = (name, detail) => dispatchEvent(new CustomEvent(`hoi-luat-${name}`, { detail }));

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
    const said = document.createElement("span");
    said.lang = "vi"; // whatever the page speaks, the documents are asked in Vietnamese
    said.textContent = question;
    asked.append(label, said);
    const answer = document.createElement("div");
    answer.className = "reply";
    turn.append(asked, answer);
    $("#turns").append(turn);
    refresh();
    return turn;
  }

  function refresh() {
    const any = $("#turns").childElementCount > 0;
    $("#welcome").hidden = any; // its heading is the page's, until there is a conversation
    $("#log-title").hidden = !any;
    document.body.classList.toggle("has-turns", any);
    // A long question makes the box taller for as long as it stands in it: that does not count.
    if (!box().value) composerHeight = $("#composer").offsetHeight;
    $("#turns").style.setProperty("--turn-height", `${Math.max(0, innerHeight - composerHeight)}px`);
  }

  function scrollToTurn(turn) {
    // Not scrollIntoView: in a frame that would move the host's page too.
    scrollTo({ top: turn.getBoundingClientRect().top + scrollY, behavior: "instant" });
  }

  function settle(html, announcement) {
    clearTimeout(waiting.timer);
    clearTimeout(waiting.pulse);
    const reply = waiting.element.querySelector(".reply");
    reply.innerHTML = html; // rendered and escaped by the server
    reply.removeAttribute("aria-busy");
    announce(announcement);
    waiting = null;
  }

  // --- asked for by Gradio's events --------------------------------------------------------

  // Returns the new values of the box and of what is sent to the server.
  function send(question) {
    restore();
    const as_typed = asTyped;
    asTyped = false;
    const turns = as_typed ? [] : entries.map((entry) => entry.turn);
    if (about) {
      const { document_id, provision, citation } = about;
      turns.splice(aboutFrom, 0, { question: citation, document_id, provision });
    }
    const element = appendTurn(question);
    const reply = element.querySelector(".reply");
    reply.setAttribute("aria-busy", "true");
    const searching = document.createElement("p");
    searching.className = "searching";
    searching.textContent = words.searching;
    reply.append(searching);
    waiting = { question, element, timer: setTimeout(fail, PATIENCE_MS), pulse: setTimeout(listen, 1000) };
    unanswered = question;
    remember();
    scrollToTurn(element);
    announce(words.searching);
    const message = { question, history: turns.slice(-KEPT_TURNS), document_id: about?.document_id ?? words.document ?? null, as_typed };
    return ["", message];
  }

  function receive(message) {
    if (!waiting || !message) return;
    const { question } = waiting;
    settle(message.html, message.announcement);
    tell("answer", { status: message.status, citation: null, url: null, ...message.answer });
    entries.push({ question, html: message.html, turn: message.turn });
    unanswered = "";
    remember();
  }

  function fail() {
    if (!waiting) return;
    const { question, element } = waiting;
    settle("", words.unavailable_title);
    tell("answer", { status: "unavailable", citation: null, url: null });
    showOffline(element, question);
  }

  function showOffline(turn, question) {
    turn.querySelector(".reply").innerHTML = $("#offline-card").innerHTML;
    turn.querySelector("[data-ask]").dataset.ask = question;
  }

  // Gradio says nothing when the connection is lost, and reloads the page when it is back.
  async function listen() {
    const asked = waiting;
    const alive = await fetch(`${words.base}/healthz`, { cache: "no-store" }).then(
      (response) => response.ok,
      () => false,
    );
    if (!waiting || waiting !== asked) return;
    if (alive) waiting.pulse = setTimeout(listen, 5000);
    else fail();
  }

  function clear() {
    clearTimeout(waiting?.timer);
    clearTimeout(waiting?.pulse);
    waiting = null;
    entries = [];
    unanswered = "";
    $("#turns").replaceChildren();
    refresh();
    remember();
    announce(words.cleared);
    scrollTo({ top: 0, behavior: "instant" });
    box().focus({ preventScroll: true });
  }

  function connect() {
    const starting = $("#starting"); // what the server wrote for this visit, such as its greeting
    if (starting) $("#welcome").replaceChildren(...starting.childNodes);
    starting?.remove();
    connected = true;
    restore();
    refresh();
    readAddress();
    tell("connected");
    if (queued) ask(queued);
  }

  // --- memory of this tab --------------------------------------------------------------------

  // Where it is kept: in this tab; embedded, as the site chose: nowhere, or for a while.
  const shelf = () => (words.session === "local" ? localStorage : sessionStorage);

  function remember() {
    if (words.session === "none") return;
    try {
      const until = Date.now() + (words.expiry_min ?? 24 * 60) * 60_000;
      shelf().setItem(STORE, JSON.stringify({ entries, unanswered, until }));
    } catch {
      // storage is closed or full: the conversation lives as long as the page
    }
  }

  // Once, before anything is added: a quick visitor asks before Gradio says that it is there.
  function restore() {
    if (restored) return;
    restored = true;
    try {
      const kept = JSON.parse(words.session === "none" ? null : shelf().getItem(STORE));
      if (kept?.until > Date.now()) ({ entries, unanswered } = kept);
    } catch {
      // what was kept cannot be read: the conversation begins anew
    }
    for (const entry of entries) {
      appendTurn(entry.question).querySelector(".reply").innerHTML = entry.html;
    }
    if (unanswered) showOffline(appendTurn(unanswered), unanswered);
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
    aboutFrom = entries.length;
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
    const target = event.target.closest?.("#send, [data-ask], [data-copy], [data-helpful], [data-about-remove]");
    if (!target) return;
    if (target.id === "send") {
      if (mayNotSend()) event.stopImmediatePropagation();
    } else if (target.dataset.ask !== undefined) {
      if (waiting) return;
      asTyped = target.dataset.asTyped !== undefined;
      ask(target.dataset.ask);
    } else if (target.dataset.helpful !== undefined) {
      judge(target);
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

  async function judge(button) {
    const card = button.closest(".card");
    const place = button.closest(".feedback");
    const buttons = place.querySelectorAll("button");
    for (const one of buttons) one.disabled = true;
    const sent = await fetch(`${words.base}/api/v1/feedback`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        question: place.dataset.question,
        document_id: card.dataset.document ?? null,
        provision: card.dataset.provision ?? null,
        helpful: button.dataset.helpful === "true",
      }),
    }).then(
      (response) => response.ok,
      () => false,
    );
    for (const one of buttons) one.disabled = false;
    announce(sent ? words.feedback_thanks : words.feedback_failed);
    place.querySelector("span").textContent = sent ? words.feedback_thanks : words.feedback_failed;
    if (!sent) return;
    place.tabIndex = -1;
    place.focus({ preventScroll: true }); // the button that had the focus goes
    for (const one of buttons) one.remove();
    const turn = card.closest(".turn");
    const entry = entries[[...$("#turns").children].indexOf(turn)];
    if (entry) entry.html = turn.querySelector(".reply").innerHTML; // not asked again after a reload
    remember();
  }

  addEventListener("resize", () => connected && refresh());

  window.hoiLuat = { send, receive, fail, clear, connect, setAbout, ask, isBusy: () => Boolean(waiting) };
})();
