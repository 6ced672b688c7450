// Tells the loader that the frame shows why the chat is not there, so it does not wait.
(() => {
  "use strict";

  const message = document.querySelector(".lead").textContent;
  if (parent !== window) parent.postMessage({ hoiLuat: 1, type: "refused", detail: { message } }, "*");
})();
