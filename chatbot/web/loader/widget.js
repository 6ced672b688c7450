// Hỏi luật: a launcher on any page and, once opened, the chat in a frame.
// No dependency, no cookie, no eval, no inline style: works under a strict content policy.
// Options, events and examples: docs/embed.md.
(() => {
  "use strict";

  const TAG = "hoi-luat-widget";
  const HERE = Symbol.for(TAG);
  if (window[HERE]) return; // the script is in the page twice
  window[HERE] = true;
  const own = document.currentScript ?? document.querySelector('script[src*="/widget."]');

  // What the page says of us may stand below the script.
  if (document.readyState !== "loading") main(own);
  else document.addEventListener("DOMContentLoaded", () => main(own), { once: true });

  function main(script) {
    const NAME = "HoiLuat";
    const PATIENCE_MS = 12000; // a frame that says nothing for so long was blocked
    const SPOKEN = /*WORDS*/ {};
    const doc = document;
    const root = doc.documentElement;
    const warn = (...said) => console.warn("Hỏi luật:", ...said);


    // --- options -------------------------------------------------------------------------------

    const LENGTH = /^\d+(\.\d+)?(px|r?em|%|[sld]?v[wh]|ch)?$/;
    const oneOf = (...known) => [(value) => known.includes(value) && value, known.join(", ")];
    const text = (most) => [(value) => typeof value === "string" && value.length <= most && value, `at most ${most} characters`];
    const length = [
      (value) => LENGTH.test(value) && (/\d$/.test(value) ? `${value}px` : String(value)),
      "a CSS length such as 400px, 30rem or 80vh",
    ];
    const KNOWN = {
      src: [(value) => /^https?:/.test(value) && value.replace(/\/$/, ""), "the address of the server"],
      mode: oneOf("launcher", "inline"),
      target: [(value) => valid(value) && value, "a CSS selector"],
      position: oneOf("bottom-right", "bottom-left", "top-right", "top-left"),
      width: length,
      height: length,
      theme: oneOf("auto", "light", "dark"),
      accent: [(value) => /^#?([\da-f]{3}|[\da-f]{6})$/i.test(value) && `#${value.replace("#", "")}`, "a colour like #8c1d18"],
      title: text(60),
      language: oneOf("vi", "en"),
      greeting: text(200),
      questions: [readQuestions, "a JSON array of at most 6 texts of 150 characters"],
      document: text(200),
      open: [(value) => ["", "true", true].includes(value) || (["false", false].includes(value) && 0), "true or false"],
      zIndex: [(value) => /^-?\d{1,10}$/.test(value) && String(value), "a whole number"],
      session: oneOf("tab", "none", "local"),
      expires: [(value) => /^[1-9]\d{0,5}$/.test(value) && String(value), "minutes"],
    };

    function valid(selector) {
      try {
        return doc.createDocumentFragment().querySelector(selector) === null;
      } catch {
        return false;
      }
    }

    function readQuestions(value) {
      try {
        const list = Array.isArray(value) ? value : JSON.parse(value);
        return list.length <= 6 && list.every((one) => typeof one === "string" && one.trim() && one.length <= 150) && list;
      } catch {
        return false;
      }
    }

    const OF_OTHERS = ["nscript", "cfasync", "wpStrategy"]; // what site builders add to script elements

    function readOptions() {
      let given = {};
      const block = doc.querySelector('script[type="application/json"].hoi-luat-config');
      try {
        given = JSON.parse(block?.textContent || "{}");
      } catch (error) {
        warn("the configuration block is not JSON:", error.message);
      }
      given = { ...given, ...script?.dataset };
      const options = {};
      for (const [name, set] of Object.entries(given)) {
        if (OF_OTHERS.includes(name)) continue;
        const value = typeof set === "number" ? String(set) : set;
        const [read, expected] = (Object.hasOwn(KNOWN, name) && KNOWN[name]) || [];
        const plain = typeof value === "string" || ["questions", "open"].includes(name);
        const found = plain && read?.(value);
        if (!read) warn(`unknown option "${name}"; known: ${Object.keys(KNOWN).join(", ")}`);
        else if (found === false) warn(`option ${name} = ${JSON.stringify(value)}: expected ${expected}; the default is used`);
        else options[name] = found;
      }
      return options;
    }

    const options = readOptions();
    const base = options.src ?? script?.src.replace(/\/widget\.[^/]*$/, "");
    if (!base) return warn("set data-src to the address of the server");
    const server = new URL(base).origin;
    const language = options.language ?? (root.lang.startsWith("en") ? "en" : "vi");
    const words = SPOKEN[language];
    const inline = options.mode === "inline";
    const title = options.title || words.title;
    const night = matchMedia("(prefers-color-scheme: dark)");
    const phone = matchMedia("(max-width: 480px), (max-height: 420px)");
    const accent = options.accent ?? "#8c1d18";
    const [vertical, horizontal] = (options.position ?? `bottom-${getComputedStyle(root).direction === "rtl" ? "left" : "right"}`).split("-");

    function address() {
      const query = new URLSearchParams({ host: location.origin });
      for (const name of ["theme", "accent", "greeting", "document", "session", "expires"]) {
        if (options[name]) query.set(name, options[name]);
      }
      if (options.questions) query.set("questions", JSON.stringify(options.questions));
      return `${base}/embed/${language}/?${query}`;
    }

    // Black or white, whichever is read better on the accent.
    function onAccent() {
      const digits = accent.length < 5 ? accent.replace(/[^#]/g, "$&$&") : accent;
      const [red, green, blue] = [1, 3, 5].map((at) => (parseInt(digits.slice(at, at + 2), 16) / 255) ** 2.2);
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 ? "#000" : "#fff";
    }

    // --- look: one sheet in a shadow root; !important there outweighs the host's ------------------

    const room = "calc(100% - 32px)";
    const CSS = `
  :host{all:initial!important;direction:ltr!important;display:block!important;visibility:visible!important;
  ${
    inline
      ? `width:${options.width ?? "100%"}!important;height:${options.height ?? "640px"}!important;max-width:100%!important`
      : `position:fixed!important;inset:0!important;width:100%!important;height:100%!important;pointer-events:none!important;z-index:${options.zIndex ?? 2147483000}!important`
  }}
  @media print{:host{display:none!important}}
  *{box-sizing:border-box;font:15px/1.4 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif}
  [hidden]{display:none!important}
  button{cursor:pointer}
  :focus-visible{outline:3px solid Highlight;outline-offset:2px}
  .launch{position:absolute;${vertical}:max(16px,env(safe-area-inset-${vertical}));${horizontal}:16px;display:flex;align-items:center;gap:8px;
  min-height:48px;max-width:${room};padding:0 18px;border:0;border-radius:24px;background:${accent};color:${onAccent()};font-weight:600;
  box-shadow:0 2px 10px #0005;pointer-events:auto}
  .launch::before{content:"§";font-size:20px}
  .panel{position:absolute;inset:auto;${vertical}:16px;${horizontal}:16px;width:${options.width ?? "400px"};height:${options.height ?? "640px"};
  max-width:${room};max-height:${room};margin:0;padding:0;border:1px solid var(--line);border-radius:12px;overflow:hidden;display:flex;flex-direction:column;
  background:var(--paper);color:var(--ink);box-shadow:0 8px 32px #0005;pointer-events:auto;
  --paper:#f7f5f0;--sheet:#fff;--ink:#20242b;--line:#dfdad0}
  .panel.inline{position:static;width:100%;height:100%;max-width:none;max-height:none;box-shadow:none}
  dialog:not([open]){display:none}
  .panel.dark{--paper:#15171a;--sheet:#1d2024;--ink:#e9e6df;--line:#363b42}
  .panel.sheet{position:fixed;inset:0;width:100%;height:100%;max-width:none;max-height:none;border:0;border-radius:0;
  padding:env(safe-area-inset-top) env(safe-area-inset-right) 0 env(safe-area-inset-left);background:var(--sheet)}
  .bar{display:flex;align-items:center;gap:8px;padding:4px 4px 4px 16px;border-bottom:1px solid var(--line);border-top:3px solid ${accent};background:var(--sheet)}
  h2{flex:1;min-width:0;margin:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;font-weight:700}
  .bar button{min-width:44px;min-height:44px;border:0;border-radius:8px;background:none;color:inherit;font-size:22px}
  .bar button:hover{background:var(--line)}
  .body{position:relative;flex:1;min-height:0}
  iframe{display:block;width:100%;height:100%;border:0}
  .note{position:absolute;inset:0;padding:24px 16px;background:var(--paper);text-align:center}
  .note p{margin:0 0 16px}
  .note a{color:inherit;font-weight:600}
  @media (prefers-reduced-motion:no-preference){dialog[open]{animation:in .16s ease-out}}
  @keyframes in{from{opacity:0;translate:0 8px}}`;

    // --- the parts -----------------------------------------------------------------------------------

    const listeners = new Map();
    const undo = []; // what destroy takes back
    let host, launcher, panel, note, frame;
    let connected = false; // the chat in the frame can be used
    let silent = 0; // timer of a frame that has not spoken
    let opener = null; // where the focus returns to
    let waiting = []; // orders given before the chat was there

    function make(tag, properties, ...children) {
      const element = Object.assign(doc.createElement(tag), properties);
      element.append(...children);
      return element;
    }

    function listen(target, type, act, how) {
      target.addEventListener(type, act, how);
      undo.push(() => target.removeEventListener(type, act, how));
    }

    function build() {
      host = doc.createElement(TAG);
      const shadow = host.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(CSS);
      shadow.adoptedStyleSheets = [sheet];
      note = make("div", { className: "note", hidden: true });
      note.setAttribute("role", "status");
      const heading = make("h2", { id: "title", textContent: title });
      const closer = make("button", { type: "button", textContent: "×", onclick: () => close() });
      closer.setAttribute("aria-label", words.close);
      const bar = make("div", { className: "bar" }, heading, ...(inline ? [] : [closer]));
      panel = make(inline ? "section" : "dialog", { className: inline ? "panel inline" : "panel" }, bar, make("div", { className: "body" }, note));
      panel.setAttribute("aria-labelledby", "title");
      if (!inline) {
        panel.addEventListener("cancel", (event) => {
          event.preventDefault();
          close();
        });
        panel.addEventListener("keydown", (event) => event.key === "Escape" && close());
        launcher = make("button", { type: "button", className: "launch", textContent: options.title || words.open, onclick: toggle });
        launcher.setAttribute("aria-haspopup", "dialog");
        launcher.setAttribute("aria-expanded", "false");
        const corner = make("section", {}, launcher);
        corner.setAttribute("aria-label", title);
        shadow.append(corner);
      }
      shadow.append(panel);
      colour();
    }

    // Above the whole page, whatever transforms or stacking the host has; a given z-index wins.
    function place() {
      if (inline) {
        const target = options.target ? doc.querySelector(options.target) : script;
        if (!target?.isConnected || host.isConnected) return;
        if (target === script) target.after(host);
        else target.append(host);
        seen.observe(host);
        return;
      }
      if (!host.isConnected) root.append(host);
      if (!host.showPopover || options.zIndex) return;
      host.popover = "manual";
      if (!host.matches(":popover-open")) host.showPopover();
    }

    // An inline chat is loaded when it comes into view.
    const seen = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) load();
    });

    function colour() {
      const dark = options.theme === "dark" || (options.theme !== "light" && night.matches);
      panel.classList.toggle("dark", dark);
    }

    function load() {
      if (frame?.isConnected) return;
      connected = false;
      frame = make("iframe", { title, src: address(), allow: "clipboard-write", referrerPolicy: "strict-origin-when-cross-origin" });
      note.before(frame);
      say(words.loading);
      silent = setTimeout(fail, PATIENCE_MS);
    }

    function say(message, ...more) {
      note.replaceChildren(make("p", { textContent: message }), ...more);
      note.hidden = !message;
    }

    function fail() {
      say(words.failed, make("a", { href: `${base}/${language === "vi" ? "" : `${language}/`}`, target: "_blank", rel: "noopener", textContent: words.apart }));
      emit("error", { code: "not-loaded", message: words.failed });
    }

    // --- opening and closing ---------------------------------------------------------------------------

    const isOpen = () => panel.open;

    // `invited`: the visitor did something, so the focus may follow.
    function open(invited = navigator.userActivation?.isActive) {
      if (inline) return load();
      if (!isOpen()) {
        opener = invited ? (doc.activeElement === host ? launcher : doc.activeElement) : null;
        show();
        launcher.hidden = true;
        launcher.setAttribute("aria-expanded", "true");
        load();
        emit("open", {});
      }
      if (!invited) return;
      if (connected && !phone.matches) focusChat(); // on a phone the keyboard would cover the chat
      else panel.querySelector(".bar button").focus({ preventScroll: true });
    }

    function focusChat() {
      frame.focus({ preventScroll: true });
      send("focus");
    }

    // A sheet covers the page, so it is modal: what lies behind cannot be reached.
    function show() {
      const sheet = phone.matches;
      if (panel.open) panel.close();
      panel.classList.toggle("sheet", sheet);
      fit();
      if (sheet) panel.showModal();
      else panel.setAttribute("open", "");
    }

    function close() {
      if (inline || !isOpen()) return;
      const inside = doc.activeElement === host;
      panel.close();
      launcher.hidden = false;
      launcher.setAttribute("aria-expanded", "false");
      if (inside) (opener?.isConnected && opener !== doc.body ? opener : launcher).focus({ preventScroll: true });
      opener = null;
      emit("close", {});
    }

    function toggle() {
      if (isOpen()) close();
      else open(true);
    }

    // The keyboard on a phone's screen covers the page; the sheet takes what is left.
    function fit() {
      const view = window.visualViewport;
      const covered = view && panel.classList.contains("sheet") && innerHeight - view.height > 60;
      panel.style.height = covered ? `${view.height}px` : "";
      panel.style.top = covered ? `${view.offsetTop}px` : "";
    }

    // --- talking with the frame --------------------------------------------------------------------------

    function send(type, detail) {
      if (connected) frame.contentWindow.postMessage({ hoiLuat: 1, type, ...detail }, server);
      else waiting.push([type, detail]);
    }

    function receive(event) {
      if (!frame || event.source !== frame.contentWindow || event.origin !== server || event.data?.hoiLuat !== 1) return;
      const { type, detail } = event.data;
      if (type === "hello" || type === "refused") {
        clearTimeout(silent);
        say("");
        if (type === "refused") emit("error", { code: type, message: detail?.message });
      } else if (type === "ready") {
        connected = true;
        const orders = waiting;
        waiting = [];
        for (const order of orders) send(...order);
        if (doc.activeElement === host && !inline && !phone.matches) focusChat();
        emit("ready", {});
      } else if (type === "escape") close();
      else if (type === "citation-click") send("citation-answer", { open: emit(type, detail) });
      else if (type === "answer" || type === "error") emit(type, detail);
    }

    // Returns false if a listener prevented what would follow.
    function emit(type, detail) {
      const event = new CustomEvent(type, { detail, cancelable: type === "citation-click" });
      for (const listener of [...(listeners.get(type) ?? [])]) {
        try {
          listener.call(api, event);
        } catch (error) {
          setTimeout(() => {
            throw error; // the host's mistake is reported as the host's
          });
        }
      }
      return !event.defaultPrevented;
    }

    // --- for the host ------------------------------------------------------------------------------------

    const EVENTS = ["ready", "open", "close", "answer", "citation-click", "error"];

    const api = {
      open: () => open(),
      close,
      toggle: () => (isOpen() ? close() : open()),
      ask(question) {
        open();
        send("ask", { text: String(question) });
      },
      setTheme(theme) {
        if (!["auto", "light", "dark"].includes(theme)) return warn(`theme ${theme}: expected auto, light, dark`);
        options.theme = theme;
        colour();
        if (frame) send("theme", { theme });
      },
      on(type, listener) {
        if (!EVENTS.includes(type)) warn(`unknown event "${type}"; known: ${EVENTS.join(", ")}`);
        listeners.set(type, (listeners.get(type) ?? new Set()).add(listener));
        return () => listeners.get(type).delete(listener);
      },
      destroy() {
        clearTimeout(silent);
        seen.disconnect();
        for (const take of undo) take();
        host.remove();
        delete window[NAME];
        delete window[HERE];
      },
      push([name, ...values]) {
        if (Object.hasOwn(api, name) && name !== "push") api[name](...values);
        else warn(`unknown call "${name}"`);
      },
    };

    function start() {
      build();
      place();
      // Single-page sites replace what we stand in; we come back with it.
      const watcher = new MutationObserver(() => host.isConnected || place());
      watcher.observe(root, { childList: true, subtree: inline });
      undo.push(() => watcher.disconnect());
      listen(window, "message", receive);
      listen(window, "pageshow", (event) => event.persisted && place());
      listen(night, "change", colour);
      if (!inline) listen(phone, "change", () => isOpen() && show());
      if (window.visualViewport) listen(visualViewport, "resize", fit);
      listen(doc, "click", (event) => {
        const button = event.target.closest?.("[data-hoi-luat-open]");
        if (!button) return;
        open(true);
        opener = button;
        if (button.dataset.hoiLuatOpen) send("ask", { text: button.dataset.hoiLuatOpen });
      });
      const queue = window[NAME];
      window[NAME] = api;
      if (Array.isArray(queue)) for (const call of queue) api.push(call);
      if (options.open && !phone.matches) open(false); // a sheet over the page only when asked for
    }

    start();
  }
})();
