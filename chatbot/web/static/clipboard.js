// Copies text, also where the clipboard interface is closed (plain http, foreign frames).
(() => {
  "use strict";

  function copyBySelection(text) {
    const box = document.createElement("textarea");
    const focused = document.activeElement;
    box.value = text;
    box.setAttribute("readonly", "");
    box.className = "visually-hidden";
    document.body.append(box);
    box.select();
    const copied = document.execCommand("copy");
    box.remove();
    focused?.focus({ preventScroll: true });
    return copied;
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyBySelection(text);
    }
  }

  // Says on the button itself what happened, and gives it its own words back.
  async function copyFrom(button, text, words) {
    const done = await copy(text);
    const label = (button.dataset.label ??= button.textContent);
    button.textContent = done ? words.copied : words.copy_failed;
    clearTimeout(Number(button.dataset.timer));
    button.dataset.timer = String(setTimeout(() => (button.textContent = label), 2500));
    return done;
  }

  // A citation to paste: the words, where they stand, and the link that opens them.
  function citation(quote, place, link) {
    return `“${quote}”\n(${place})\n${link}`;
  }

  window.hoiLuatClipboard = { copyFrom, citation };
})();
