// Shortcuts. An element with data-key="n" is pressed (or, when it is a field, focused) by that key; "?" opens the sheet that lists
// the keys of the page. Keys of one letter rest while somebody types, and can be turned off for good; F-keys and Escape always work.
(() => {
  const OFF = "cchc.keys.off";
  const root = document.documentElement;
  try { if (localStorage.getItem(OFF) === "1") root.dataset.keysOff = "1"; } catch { /* private window */ }
  const off = () => "keysOff" in root.dataset;
  const typing = (node) => node.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  const visible = (node) => node.getClientRects().length > 0 || node.closest("nav[popover]");
  // Shift counts with letters only: "?" and "/" are typed with it on many keyboards.
  const name = (event) => (event.altKey ? "Alt+" : "") + (event.shiftKey && /^\p{L}$/u.test(event.key) ? "Shift+" : "") + (event.key.length === 1 ? event.key.toLowerCase() : event.key);
  let before = "", timer = 0;

  function find(key) {
    return [...document.querySelectorAll("[data-key]")].find((node) => node.dataset.key.toLowerCase() === key.toLowerCase() && visible(node));
  }

  function press(node) {
    if (node.matches("input:not([type=checkbox]):not([type=radio]), textarea, select")) { node.focus(); node.select?.(); } else { node.click(); }
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.isComposing) return;
    const key = name(event), single = event.key.length === 1 && !event.altKey;
    if (single && (off() || typing(event.target) || event.target.closest?.("[popover]:popover-open, dialog[open]"))) return;
    // Escape closes what is open first; forms.js and the popovers do that.
    if (key === "Escape" && document.querySelector("details.deadline[open], details.def[open], details.topbar__post[open], [popover]:popover-open")) return;
    const node = find(before ? `${before} ${key}` : key) || find(key);
    clearTimeout(timer); before = single ? key : ""; timer = setTimeout(() => { before = ""; }, 900);
    if (!node) return;
    event.preventDefault(); before = ""; press(node);
  });

  const sheet = document.getElementById("keysheet");
  sheet?.addEventListener("beforetoggle", (event) => {
    if (event.newState !== "open") return;
    const list = sheet.querySelector("[data-keylist]");
    list.querySelectorAll("[data-found]").forEach((node) => node.remove());
    for (const node of document.querySelectorAll("[data-key]")) {
      if (!visible(node)) continue;
      const term = document.createElement("dt"), words = document.createElement("dd");
      term.dataset.found = words.dataset.found = "";
      for (const part of node.dataset.key.split(" ")) { const cap = document.createElement("kbd"); cap.textContent = part; term.append(cap); }
      const label = node.id && document.querySelector(`label[for="${CSS.escape(node.id)}"]`);
      const copy = (label || node).cloneNode(true);
      copy.querySelectorAll("kbd, .vh, .must").forEach((part) => part.remove());
      words.textContent = node.dataset.keyLabel || node.getAttribute("aria-label") || copy.textContent.trim();
      list.append(term, words);
    }
  });
  const box = sheet?.querySelector("[data-keys-off]");
  if (box) {
    box.checked = off();
    box.addEventListener("change", () => {
      if (box.checked) root.dataset.keysOff = "1"; else delete root.dataset.keysOff;
      try { localStorage.setItem(OFF, box.checked ? "1" : "0"); } catch { /* private window */ }
    });
  }
})();
