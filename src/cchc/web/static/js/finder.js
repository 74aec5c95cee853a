// A search box that answers below itself: .finder[data-finder="/options/"] fetches list items (ui/options.html) while the reader
// types; arrows choose, Enter takes, Escape closes. Taking one fills the hidden input named by data-fill, or follows data-href.
(() => {
  function start(box) {
    if (box.dataset.ready) return;
    box.dataset.ready = "1";
    const input = box.querySelector("input"), list = box.querySelector("[role=listbox]");
    let asked = null, timer = 0, shown = "";
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) input.setAttribute(name, value);

    const items = () => [...list.querySelectorAll("[role=option]:not([aria-disabled])")];
    const current = () => list.querySelector("[aria-selected=true]");
    function open(yes) { list.hidden = !yes; input.setAttribute("aria-expanded", String(yes)); if (!yes) input.removeAttribute("aria-activedescendant"); }
    function select(item) {
      current()?.setAttribute("aria-selected", "false");
      if (!item) return;
      item.setAttribute("aria-selected", "true"); item.scrollIntoView({ block: "nearest" }); input.setAttribute("aria-activedescendant", item.id);
    }
    async function ask() {
      const words = input.value.trim();
      if (words === shown) return;
      asked?.abort(); shown = words;
      if (!words) { list.replaceChildren(); open(false); return; }
      asked = new AbortController();
      try {
        const url = new URL(box.dataset.finder, location.href);
        url.searchParams.set("q", words);
        const answer = await fetch(url, { signal: asked.signal, headers: { "HX-Request": "true" } });
        if (!answer.ok) { shown = ""; return; }
        list.innerHTML = await answer.text();
        open(list.children.length > 0); select(items()[0]);
      } catch (error) { if (error.name !== "AbortError") shown = ""; }
    }
    function take(item) {
      const target = box.dataset.fill && document.getElementById(box.dataset.fill);
      open(false);
      if (target) {
        input.value = shown = item.querySelector("span")?.textContent.trim() || item.dataset.value;
        target.value = item.dataset.value; target.dispatchEvent(new Event("change", { bubbles: true }));
      }
      box.dispatchEvent(new CustomEvent("finder:taken", { bubbles: true, detail: item.dataset.value }));
      if (item.dataset.href) location.assign(item.dataset.href); else if ("submit" in box.dataset) input.form?.requestSubmit();
    }

    // Once is enough: a part of the page that is swapped later would take the cursor back here.
    if (input.autofocus) { input.focus(); input.removeAttribute("autofocus"); }
    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 90); });
    input.addEventListener("keydown", (event) => {
      const all = items(), at = all.indexOf(current());
      if ((event.key === "ArrowDown" || event.key === "ArrowUp") && all.length) {
        event.preventDefault(); open(true); select(all[(at + (event.key === "ArrowDown" ? 1 : all.length - 1) + (at < 0 && event.key === "ArrowUp" ? 1 : 0)) % all.length]);
      } else if (event.key === "Enter" && !list.hidden && current()) { event.preventDefault(); take(current()); }
      else if (event.key === "Escape" && !list.hidden) { event.preventDefault(); open(false); }
    });
    input.addEventListener("blur", () => setTimeout(() => open(false), 150));
    list.addEventListener("pointerdown", (event) => {
      const item = event.target.closest("[role=option]:not([aria-disabled])");
      if (item) { event.preventDefault(); take(item); }
    });
  }
  const all = () => document.querySelectorAll(".finder[data-finder]").forEach(start);
  all();
  document.addEventListener("htmx:after:swap", all);
})();
