// The frame's side of the widget. It talks to one origin: the host the server has checked.
// Messages are { hoiLuat: 1, type, … }; the other side is widget.js.
(() => {
  "use strict";

  const frame = JSON.parse(document.getElementById("embed-frame").textContent);
  const root = document.documentElement;
  const ASK_HOST_MS = 400; // a host that does not answer in time does not handle the click
  const framed = parent !== window;
  let asking = null; // a click the host may handle: { link, timer }

  for (const refused of frame.refused) console.warn(`Hỏi luật: ${refused}`);

  function post(type, detail = {}) {
    if (framed && frame.host) parent.postMessage({ hoiLuat: 1, type, ...detail }, frame.host);
  }

  // --- look ----------------------------------------------------------------------------------

  function dress(page) {
    if (root.dataset.theme) page.dataset.theme = root.dataset.theme;
    else delete page.dataset.theme;
    if (page === root) return;
    const own = getComputedStyle(root);
    for (const name of ["--accent", "--accent-hover", "--on-accent"]) {
      page.style.setProperty(name, own.getPropertyValue(name));
    }
  }

  const sources = () => document.querySelectorAll("#source-panel iframe");

  function setTheme(theme) {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    for (const source of sources()) dress(source.contentDocument.documentElement);
  }

  setTheme(frame.theme);
  new MutationObserver(() => {
    for (const source of sources()) {
      source.addEventListener("load", () => {
        dress(source.contentDocument.documentElement);
        source.contentWindow.addEventListener("keydown", closeOnEscape);
        source.contentWindow.addEventListener("click", leaveByNewTab, true);
      });
    }
  }).observe(document.getElementById("source-panel"), { childList: true });

  // --- links -----------------------------------------------------------------------------------

  // Pages other than this one do not let themselves be framed: they open beside the host.
  function leaveByNewTab(event) {
    const link = event.target.closest?.("a[href]");
    if (!link || link.hasAttribute("data-source") || link.getAttribute("href").startsWith("#")) return;
    const inPanel = link.ownerDocument !== document && link.search.includes("khung=1");
    if (inPanel) return;
    link.target = "_blank";
    link.rel = "noopener";
  }

  // The host may show the source itself: it is asked before the panel opens.
  function offerToHost(event) {
    const link = event.target.closest?.("a[data-source]");
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || !plain || !framed || !frame.host || !event.isTrusted) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    answered(true); // an earlier click is settled by opening it
    asking = { link, timer: setTimeout(answered, ASK_HOST_MS, true) };
    const url = new URL(link.dataset.permalink ?? link.href, location.href);
    url.search = "";
    const id = decodeURIComponent(url.hash.slice(1));
    const document_id = decodeURIComponent(url.pathname.split("/").at(-1));
    post("citation-click", { detail: { document_id, id, url: url.href } });
  }

  function answered(open) {
    if (!asking) return;
    const { link, timer } = asking;
    asking = null;
    clearTimeout(timer);
    if (open) link.click(); // not trusted, so it goes to the panel
  }

  addEventListener("click", offerToHost, true);
  addEventListener("click", leaveByNewTab, true);

  // --- keys --------------------------------------------------------------------------------------

  let panelWasOpen = false;
  addEventListener("keydown", () => (panelWasOpen = window.hoiLuatPanel.isOpen()), true);
  function closeOnEscape(event) {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
    if (event.view === window && !panelWasOpen) post("escape");
  }
  addEventListener("keydown", closeOnEscape);

  // --- the host ------------------------------------------------------------------------------------

  function ask(text) {
    if (window.hoiLuat.isBusy()) post("error", { detail: { code: "busy", message: frame.busy } });
    else window.hoiLuat.ask(text);
  }

  const orders = {
    ask: (message) => typeof message.text === "string" && message.text.trim() && ask(message.text),
    theme: (message) => ["auto", "light", "dark"].includes(message.theme) && setTheme(message.theme),
    focus: () => document.querySelector("#question textarea")?.focus({ preventScroll: true }),
    "citation-answer": (message) => answered(message.open !== false),
  };

  addEventListener("message", (event) => {
    if (!framed || event.source !== parent || event.origin !== frame.host) return;
    if (event.data?.hoiLuat !== 1 || !Object.hasOwn(orders, event.data.type)) return;
    orders[event.data.type](event.data);
  });

  addEventListener("hoi-luat-connected", () => post("ready"));
  addEventListener("hoi-luat-answer", ({ detail }) => {
    const url = detail.url && new URL(detail.url, location.href).href;
    post("answer", { detail: { status: detail.status, citation: detail.citation, url } });
  });

  post("hello");
})();
