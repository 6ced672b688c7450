// The demo page: the widget on this page follows the form, and so does the code to copy.
(() => {
  "use strict";

  const facts = JSON.parse(document.getElementById("demo-facts").textContent);
  const form = document.getElementById("options");
  const place = document.getElementById("inline-here");
  const DEFAULTS = { mode: "launcher", position: "bottom-right", language: "vi", theme: "auto", session: "tab" };
  let timer = 0;

  // The options that differ from the defaults, by name of their attribute.
  function chosen() {
    const options = {};
    for (const [name, value] of new FormData(form)) {
      const said = String(value).trim();
      if (said && said !== DEFAULTS[name]) options[name] = said;
    }
    if (options.questions) options.questions = JSON.stringify(options.questions.split("\n").map((line) => line.trim()).filter(Boolean));
    if (!options.own_accent) delete options.accent;
    delete options.own_accent;
    if (options.open) options.open = "true";
    if (options.mode === "inline") {
      options.target = "#inline-here";
      delete options.position;
      delete options.open;
    }
    return options;
  }

  const escaped = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");

  function snippet(options, source, more = "") {
    const attributes = Object.entries(options).map(([name, value]) => `\n  data-${name}="${escaped(value)}"`);
    const here = options.target ? '<div id="inline-here"></div>\n' : "";
    return `${here}<script async src="${source}"${more}${attributes.join("")}></script>`;
  }

  function show() {
    const options = chosen();
    document.getElementById("snippet").textContent = snippet(options, `${facts.address}/widget.js`);
    const pinned = `\n  integrity="${facts.integrity}" crossorigin="anonymous"`;
    document.getElementById("pinned").textContent = snippet(options, `${facts.address}/widget.${facts.version}.js`, pinned);
    window.HoiLuat?.destroy?.();
    place.hidden = options.mode !== "inline";
    document.getElementById("demo-widget")?.remove();
    const script = document.createElement("script");
    script.id = "demo-widget";
    script.src = `${facts.address}/widget.${facts.version}.js`;
    Object.assign(script.dataset, { language: form.language.value, ...options });
    document.body.append(script);
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 300);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy-from]");
    if (button) hoiLuatClipboard.copyFrom(button, document.getElementById(button.dataset.copyFrom).textContent, facts);
  });
  show();
})();
