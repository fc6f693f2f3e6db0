// What the pages of one prospect do: buttons copy a text, and paper folds nothing.
"use strict";
(() => {
  // The sheet unfolds it where the browser knows how (`::details-content`); this is for those that do not.
  const folded = () => [...document.querySelectorAll("details.on-paper:not([open])")];
  let unfolded = [];
  addEventListener("beforeprint", () => { unfolded = folded(); unfolded.forEach((each) => { each.open = true; }); });
  addEventListener("afterprint", () => { unfolded.forEach((each) => { each.open = false; }); unfolded = []; });

  // Pages hide the buttons where nothing can be copied: without script, and over plain http.
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
