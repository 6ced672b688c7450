// What buttons inside the conversation do: copy a citation, ask a suggested question.
(() => {
  const words = document.currentScript.dataset;

  document.addEventListener("click", async (event) => {
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      const card = copy.closest(".card");
      const link = new URL(card.querySelector("[data-source]").getAttribute("href"), location.href);
      const text = [card.querySelector(".law").textContent.trim(), copy.dataset.citation, link.href];
      try {
        await navigator.clipboard.writeText(text.join("\n"));
        copy.textContent = words.copied;
      } catch {
        copy.textContent = words.failed;
      }
      return;
    }
    const ask = event.target.closest("[data-ask]");
    if (ask) {
      const box = document.querySelector("#question textarea, #question input");
      box.value = ask.dataset.ask;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      setTimeout(() => document.querySelector("#send").click(), 50); // after Gradio took the text
    }
  });

  // The newest question is brought into view, inside this page only, once it is there.
  new MutationObserver(() => {
    const turns = document.querySelectorAll(".turn");
    document.body.classList.toggle("asked-before", turns.length > 0);
    const last = turns[turns.length - 1];
    if (last && last.dataset.seen !== "yes") {
      last.dataset.seen = "yes";
      last.scrollIntoView({ block: "start" });
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
