// The source beside the conversation: a panel on a wide screen, a sheet on a narrow one.
(() => {
  "use strict";

  const panel = document.getElementById("source-panel");
  const wide = matchMedia("(min-width: 64rem)");
  let opener = null;
  let scrolled = 0;

  const title = () => panel.querySelector("h2");
  const isOpen = () => !panel.hidden;
  const behind = () => document.querySelectorAll("header.top, gradio-app, .skip");

  // A sheet covers the page, so it is a dialog and what lies behind must not be reached.
  function arrange() {
    const sheet = isOpen() && !wide.matches;
    for (const part of behind()) part.inert = sheet;
    panel.setAttribute("role", sheet ? "dialog" : "complementary");
    if (sheet) panel.setAttribute("aria-modal", "true");
    else panel.removeAttribute("aria-modal");
    document.body.classList.toggle("panel-open", isOpen());
  }

  function show(address) {
    const framed = new URL(address, location.href);
    framed.searchParams.set("khung", "1");
    panel.querySelector("iframe")?.remove();
    const frame = document.createElement("iframe");
    frame.title = title().textContent;
    frame.src = framed.href; // a new frame: its first page adds nothing to the history
    panel.append(frame);
    panel.querySelector("[data-full]").href = address;
    if (!isOpen()) scrolled = scrollY;
    panel.hidden = false;
    arrange();
    title().focus({ preventScroll: true });
  }

  function hide() {
    if (!isOpen()) return;
    panel.hidden = true;
    panel.querySelector("iframe")?.remove();
    arrange();
    scrollTo({ top: scrolled, behavior: "instant" });
    opener?.focus({ preventScroll: true });
    opener = null;
  }

  function open(link) {
    if (!isOpen()) opener = link;
    const address = link.getAttribute("href");
    if (window !== top) show(address); // in a frame the history is the host's
    else if (history.state?.source) history.replaceState({ source: address }, "");
    else history.pushState({ source: address }, "");
    show(address);
  }

  function close() {
    if (history.state?.source) history.back(); // popstate hides the panel
    else hide();
  }

  addEventListener("popstate", (event) => {
    if (event.state?.source) show(event.state.source);
    else hide();
  });
  wide.addEventListener("change", arrange);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen()) close();
  });
  panel.querySelector("[data-close]").addEventListener("click", close);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-source]");
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || !plain || event.button !== 0) return;
    event.preventDefault();
    open(link);
  });

  window.hoiLuatPanel = { close, isOpen };
})();
