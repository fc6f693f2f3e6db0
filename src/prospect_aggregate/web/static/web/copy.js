// Buttons that copy a text; pages hide them where nothing can be copied: without script, and over plain http.
"use strict";
(() => {
  if (!navigator.clipboard) return;
  document.documentElement.classList.add("copies");
  const say = (words) => {
    const voice = document.getElementById("announce");
    voice.textContent = ""; // the same words twice are told twice
    setTimeout(() => { voice.textContent = words; });
  };
  const copied = (button) => {
    button.dataset.done = "";
    setTimeout(() => { delete button.dataset.done; }, 2000);
    say("Copied");
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-copy]");
    if (button) navigator.clipboard.writeText(button.dataset.copy).then(() => copied(button), () => say("Not copied: the browser refused"));
  });
})();
