// What the pages do beyond links and forms: keys, one live region, the reader's time.
"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

  // The row cursor is real focus: one link of all rows is in the tab order, the others are reached by j and k.
  // Without these keys each link stays where Tab reaches it.
  const without = () => document.documentElement.dataset.keys === "off";
  const rows = () => $$("a.row").filter((row) => row.getClientRects().length);
  const current = () => {
    const at = document.activeElement;
    return at && (at.matches("a.row") ? at : $("a.row", at.closest("tbody.source, tr") || document.createElement("i")));
  };
  const rove = (to, { focus = true } = {}) => {
    if (!to) return;
    if (!without()) rows().forEach((row) => { row.tabIndex = row === to ? 0 : -1; });
    if (focus) { to.focus({ preventScroll: true }); to.closest("tr, li").scrollIntoView({ block: "nearest" }); }
  };
  const step = (by) => {
    const all = rows(), at = all.indexOf(current());
    rove(all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)]);
  };
  const settle = () => {
    const all = rows();
    if (all.length && !all.some((row) => row.tabIndex === 0 && row.hasAttribute("tabindex"))) rove(all[0], { focus: false });
  };
  const returned = () => {
    const row = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    const link = row && $("a.row", row), folded = row && row.closest("details");
    if (folded) folded.open = true; // a change that is told among others
    if (link) rove(link); else if (folded) $("a", row).focus();
  };

  // A prospect that was opened from the rows of a page has its neighbours there, as the server tells those of the list.
  const NEIGHBOURS = "neighbours";
  document.addEventListener("click", (event) => {
    const opened = event.target.closest && event.target.closest("a.row");
    const alike = rows().filter((row) => opened && row.pathname.split("/")[1] === opened.pathname.split("/")[1]);
    if (opened) sessionStorage.setItem(NEIGHBOURS, JSON.stringify(alike.map((row) => row.pathname + row.search)));
  });
  const neighbours = () => {
    const path = $("nav.path[data-neighbours]"), all = JSON.parse(sessionStorage.getItem(NEIGHBOURS) || "[]");
    const at = all.indexOf(location.pathname + location.search);
    if (!path || at < 0) return;
    path.append(Object.assign(document.createElement("span"), { textContent: `${at + 1} of ${all.length}` }));
    const lead = (href, key, rel, textContent) => {
      const link = Object.assign(document.createElement("a"), { href, rel, textContent });
      link.dataset.key = key;
      path.append(link);
    };
    if (at) lead(all[at - 1], "[", "prev", "[ previous");
    if (all[at + 1]) lead(all[at + 1], "]", "next", "next ]");
  };

  // Keys.
  let went = 0;
  const go = { p: "[data-go=p]", c: "[data-go=c]", o: "[data-go=o]", a: "[data-go=a]", s: "[data-go=s]", r: "[data-go=r]", h: "[data-go=h]" };
  const press = (element) => { if (element && !element.disabled) { element.click(); return true; } return false; };
  const near = (selector) => {
    const at = document.activeElement;
    const place = at && at.closest("tbody.source, tbody tr");
    return (place && $(selector, place)) || $(selector);
  };
  const reach = (field) => { if (!field) return null; field.focus(); field.scrollIntoView({ block: "center" }); return field; };
  const act = {
    w: () => { these(); return press(near("[data-key=w]")); },
    t: () => { these(); return reach($("[data-reach=t]")); }, n: () => reach($("[data-reach=n]")), d: () => { these(); return reach($("[data-reach=d]")); },
    "/": () => {
      const box = [$("[data-find]"), $("#find")].find((each) => each && each.getClientRects().length);
      if (box) { box.focus(); box.select(); } else press($("a.search")); // a narrow bar has a link in its place
      return box;
    },
    j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
    o: () => press(current()),
    f: () => { const at = $("#find-filter:not([hidden])") || $$("#facets summary, #facets a, a#filters").find((each) => each.getClientRects().length); if (at) at.focus(); return at || null; },
    u: () => press($("[data-back]")),
    "?": () => $("#keys") && $("#keys").showModal(),
    c: () => press(near("[data-key=c]")), e: () => press((chosen().length && $("#selection [data-of-chosen=e]")) || $("[data-key=e]")), s: () => press($("[data-key=s]")),
    g: () => { went = Date.now(); },
    x: () => pick(false), X: () => pick(true),
  };
  // Rows are chosen one by one, or all from the last one chosen on; what can be done with them stands below.
  let last = null;
  const boxes = () => $$("input[name=chosen]");
  const chosen = () => boxes().filter((box) => box.checked);
  const these = () => { if (!chosen().length) pick(false); }; // an act is on the chosen rows, or on this one
  const pick = (range) => {
    const box = current() && $("input[name=chosen]", current().closest("tr"));
    if (!box) return null;
    choose(box, !box.checked, range);
    return box;
  };
  const choose = (box, on, range) => {
    const all = boxes(), first = range && last && last.isConnected ? last : box;
    const [from, to] = [all.indexOf(first), all.indexOf(box)].sort((one, other) => one - other);
    const state = first === box ? on : first.checked;
    all.slice(from, to + 1).forEach((each) => { each.checked = state; });
    last = box;
    told();
  };
  const told = () => {
    const count = chosen().length, sign = $("[data-chosen]");
    if (sign) sign.textContent = count ? `${count} chosen` : "Chosen rows";
    if (boxes().length) $("#announce").textContent = `${count} chosen`;
  };
  document.addEventListener("click", (event) => { if (event.target.name === "chosen") choose(event.target, event.target.checked, event.shiftKey); });
  const typing = (at) => at.matches("input:not([type=checkbox]):not([type=radio]), select, textarea") || at.isContentEditable;
  document.addEventListener("keydown", (event) => {
    const at = event.target instanceof Element ? event.target : document.body;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") { if (typing(at)) event.preventDefault(); escape(at); return; } // a search box would be emptied
    if (typing(at) || without() || $("dialog[open]")) return;
    if (went && Date.now() - went < 1500 && go[event.key]) { went = 0; event.preventDefault(); press($(go[event.key])); return; }
    went = 0;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && (at.matches("[type=radio]") || !rows().length || (at !== document.body && !at.closest("table, #results")))) return;
    if (/^[1-9[\]]$/.test(event.key)) { if (press($(`[data-key="${event.key}"]`))) event.preventDefault(); return; }
    if (event.key === "Enter" && at.name === "chosen") { event.preventDefault(); press(current()); return; } // it would send the form
    const does = act[event.key];
    if (does && does() !== null) event.preventDefault();
  });
  const escape = (at) => {
    const open = $("details.you[open]");
    if (open) { open.open = false; $("summary", open).focus(); return; }
    if ($("dialog[open]")) return; // the browser closes it
    if (press($("[data-empty]"))) return;
    if (typing(at)) { at.blur(); const all = rows(); rove(all.find((row) => row.tabIndex === 0) || all[0]); return; }
    press($("[data-back]"));
  };
  document.addEventListener("focusin", (event) => { if (event.target.matches && event.target.matches("a.row")) rove(event.target, { focus: false }); });
  let opener = null; // of a panel: closing it gives the focus back
  document.addEventListener("click", (event) => {
    $$("details.you[open]").forEach((open) => { if (!open.contains(event.target)) open.open = false; });
    const closing = event.target.closest && event.target.closest("[data-empty]");
    if (closing) { document.getElementById(closing.dataset.empty).replaceChildren(); if (opener && opener.isConnected) opener.focus(); else rove(rows().find((row) => row.tabIndex === 0)); }
    opener = (event.target.closest && event.target.closest('a[hx-target$="-panel"]')) || opener;
    const help = event.target.closest && event.target.closest('a[data-key="?"]');
    if (help && $("#keys") && !event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); $("#keys").showModal(); }
  });

  // A filter is found by its words; what stands behind "more" may hold them, so its group stays.
  const showFinder = () => { const finder = $("#find-filter"); if (finder) finder.hidden = false; };
  const find = (words) => $$(".facets details").forEach((group) => {
    const choices = $$("li", group), sought = words.trim().toLowerCase();
    choices.forEach((choice) => { choice.hidden = !`${$("summary", group).textContent} ${choice.textContent}`.toLowerCase().includes(sought); });
    group.hidden = !$("a.hint", group) && choices.every((choice) => choice.hidden);
    if (sought && choices.some((choice) => !choice.hidden)) group.open = true;
  });
  document.body.addEventListener("htmx:afterSwap", showFinder); // at once: f looks for it as soon as filters are there
  document.addEventListener("input", (event) => { if (event.target.id === "find-filter") find(event.target.value); });
  document.addEventListener("keydown", (event) => { if (event.target.id === "find-filter" && event.key === "Enter") press($(".facets li:not([hidden]) a")); });

  // A field that one choice needs is asked for with it.
  document.addEventListener("change", (event) => {
    if (event.target.type === "radio") $$("[data-needed-with]").forEach((field) => { field.required = document.getElementById(field.dataset.neededWith).checked; });
  });

  // A zone that nobody has chosen yet is the reader's own.
  const own = document.querySelector("[data-own-zone]");
  if (own) own.value = Intl.DateTimeFormat().resolvedOptions().timeZone || own.value;

  // Times in the reader's zone.
  const zone = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });
  const local = (root) => $$("time[title]", root).forEach((time) => {
    const moment = new Date(time.dateTime);
    if (!isNaN(moment)) time.title = zone.format(moment);
  });

  // One polite voice: what a swapped part says, once.
  let said = "";
  const announce = (part) => {
    const speaking = part && (part.matches("[data-announce]") ? part : $("[data-announce]", part));
    const text = speaking && speaking.dataset.announce;
    if (text && text !== said) { said = text; $("#announce").textContent = text; }
  };

  // A part is put in the place of the one that had the focus: its twin gets it.
  const { body } = document;
  let focused = null;
  body.addEventListener("htmx:beforeSwap", (event) => {
    const at = document.activeElement, part = event.detail.target;
    focused = part && part.id && part.contains(at) && at !== part ? { part: part.id, row: (at.closest("tr[id], li[id]") || {}).id, key: at.dataset.key, id: at.id } : null;
  });
  body.addEventListener("htmx:afterSwap", () => { // at once: the next key, and the next answer, come upon it
    const place = focused && document.getElementById(focused.part);
    if (!place) return;
    const row = focused.row && document.getElementById(focused.row);
    const twin = (focused.id && document.getElementById(focused.id)) || (row && $("a.row", row)) || (focused.key && $(`[data-key="${focused.key}"]:not(:disabled)`, place)) || $("a.row", place);
    if (twin && document.activeElement === body) twin.focus({ preventScroll: true });
    focused = null;
  });
  body.addEventListener("htmx:afterSettle", (event) => {
    const part = event.detail.elt;
    settle(); local(document); announce(part.id === "results" ? $("#answer") : part);
    const answer = $("#answer h1");
    if (part.id === "results" && answer && $("#q")) document.title = `${answer.textContent.trim()} · Prospects`;
  });

  // A log goes on at its end only for who reads there.
  let following = null;
  const atEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < 24;
  const toEnd = (box) => { box.scrollTop = box.scrollHeight; };
  body.addEventListener("htmx:beforeSwap", (event) => {
    const box = event.detail.shouldSwap && event.detail.target.closest("[data-follow]");
    following = box && atEnd(box) ? box : null;
  });
  body.addEventListener("htmx:afterSwap", () => { if (following) toEnd(following); });
  $$("[data-follow]").forEach((box) => { if ($(".next", box)) toEnd(box); });

  // What was just done can be taken back for ten seconds, longer while the focus is on it.
  const fade = () => $$("[data-undo]:not([data-fading])").forEach((sign) => {
    sign.dataset.fading = "";
    const away = () => { if (sign.contains(document.activeElement)) setTimeout(away, 2000); else sign.remove(); };
    setTimeout(away, 10000);
  });
  body.addEventListener("htmx:afterSettle", fade);

  fade(); settle(); showFinder(); local(document); neighbours();
  addEventListener("load", () => setTimeout(returned)); // after the browser's own way to the fragment, which takes the focus
})();
