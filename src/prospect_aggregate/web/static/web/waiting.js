// What a page says while a request is under way, when one failed, and when a part that renews itself no longer does.
"use strict";
(() => {
  const { body } = document, failed = document.getElementById("failed"), connection = document.getElementById("connection");
  const FAILURES = ["htmx:sendError", "htmx:responseError", "htmx:timeout"];
  const renews = (element) => (element.getAttribute("hx-trigger") || "").startsWith("every");

  // The line at the top is for what somebody asked for, not for what renews itself.
  const under = new Set();
  const busy = () => body.classList.toggle("busy", under.size > 0);
  body.addEventListener("htmx:beforeSend", ({ detail: { elt, xhr } }) => {
    if (renews(elt)) return;
    under.add(xhr);
    busy();
    xhr.addEventListener("loadend", () => { under.delete(xhr); busy(); });
  });
  addEventListener("pageshow", () => { under.clear(); busy(); });

  // What failed, why, what is still true, what to do, and where the log tells of it.
  const REASONS = { 403: "your role does not allow it", 404: "it is not there any more", 503: "the database is busy or away" };
  const reason = (type, xhr) => {
    if (type === "htmx:sendError") return "the server cannot be reached";
    if (type === "htmx:timeout") return "no answer came in time";
    return REASONS[xhr.status] || (xhr.status < 500 ? `the server refused it (HTTP ${xhr.status})` : "the server made a mistake");
  };
  const what = (asked) => {
    const named = asked.elt.closest("[data-failed]");
    if (named) return named.dataset.failed;
    if (asked.verb !== "get") return "That could not be done";
    return asked.target && asked.target.id === "results" ? "The list could not be brought up to date" : "This part could not be had";
  };
  const still = (asked, xhr) => {
    if (asked.verb === "get") return "Your filters are kept, and what you see is as it was.";
    return xhr.status >= 400 && xhr.status < 500 ? "Nothing was changed." : "It may have been done all the same: look before you try again.";
  };
  let last = null; // what failed, and where the focus was when it first did
  const again = () => {
    const { asked, target } = last, by = asked.triggeringEvent && asked.triggeringEvent.submitter;
    if (!asked.elt.isConnected || !target.isConnected) { location.reload(); return; }
    window.htmx.ajax(asked.verb, asked.path, { source: asked.elt, target, values: by && by.name ? { [by.name]: by.value } : {} });
  };
  failed.querySelector("button").addEventListener("click", again);
  const tell = (type, { requestConfig: asked, xhr, target }) => {
    const at = document.activeElement, reference = xhr.getResponseHeader("X-Reference");
    last = { asked, target, focus: last && last.asked.elt === asked.elt ? last.focus : at };
    const [words, where] = failed.querySelectorAll("span"); // the button stays, and the focus on it
    words.textContent = `${what(asked)} (${reason(type, xhr)}). ${still(asked, xhr)}`;
    where.textContent = reference ? `ref ${reference}` : "";
    failed.hidden = false;
  };
  const settled = (element) => {
    if (!last || (last.asked.elt !== element && last.asked.elt.isConnected)) return;
    const back = last.focus.isConnected ? last.focus : document.getElementById("results");
    if (back && failed.contains(document.activeElement)) back.focus({ preventScroll: true });
    failed.hidden = true;
    last = null;
  };

  // What renews itself goes on trying; since when it does not succeed is said until it does.
  const stopped = new Map(); // address: since when
  const clock = (at) => new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const sign = () => {
    connection.hidden = !stopped.size;
    const words = stopped.size ? `Not updating since ${clock(Math.min(...stopped.values()))}. Reconnecting…` : "";
    if (connection.textContent !== words) connection.textContent = words;
  };

  FAILURES.forEach((name) => body.addEventListener(name, ({ type, detail }) => {
    const { path, elt } = detail.requestConfig;
    if (!renews(elt)) { tell(type, detail); return; }
    if (!stopped.has(path)) stopped.set(path, Date.now());
    sign();
  }));
  body.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (!detail.successful) return;
    stopped.delete(detail.requestConfig.path);
    sign();
    settled(detail.requestConfig.elt);
  });
})();
