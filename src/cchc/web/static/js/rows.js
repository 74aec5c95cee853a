// Rows of a list by keyboard: table[data-rows] takes j and k, x ticks, Shift+x ticks all from the last
// one, Enter opens, h explains the promise. [data-batch] shows itself while boxes are ticked and says how many: <b data-batch-count>;
// of its buttons only those remain whose data-act every ticked row names in data-acts. [data-batch-clear] unticks.
(() => {
  const table = () => document.querySelector("table[data-rows]");
  const rows = () => [...(table()?.querySelectorAll("tbody tr:not(.group)") || [])];
  const box = (row) => row?.querySelector("input[type=checkbox]");
  let at = -1, last = null;

  function move(step) {
    const all = rows();
    if (!all.length) return;
    const here = all.findIndex((row) => row.classList.contains("cursor"));
    all[here]?.classList.remove("cursor");
    at = Math.min(Math.max((here < 0 ? (step > 0 ? -1 : 0) : here) + step, 0), all.length - 1);
    all[at].classList.add("cursor");
    all[at].scrollIntoView({ block: "nearest" });
    all[at].querySelector("a[href]")?.focus({ preventScroll: true });
  }

  function count() {
    const bar = document.querySelector("[data-batch]"), ticked = rows().filter((row) => row.querySelector("input[type=checkbox]")?.checked);
    for (const row of rows()) row.setAttribute("aria-selected", String(ticked.includes(row)));
    if (!bar) return;
    bar.hidden = ticked.length === 0;
    const number = bar.querySelector("[data-batch-count]");
    if (number) number.textContent = String(ticked.length);
    let shown = 0;
    for (const button of bar.querySelectorAll("[data-act]")) {
      button.hidden = !ticked.every((row) => (row.dataset.acts || "").split(" ").includes(button.dataset.act));
      if (!button.hidden) shown += 1;
    }
    const note = bar.querySelector("[data-batch-note]");
    if (note) note.hidden = shown > 0;
  }

  document.addEventListener("keydown", (event) => {
    if (!table() || event.defaultPrevented || document.documentElement.dataset.keysOff || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [popover]:popover-open")) return;
    const here = rows().find((row) => row.classList.contains("cursor"));
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "x" && here) { box(here)?.click(); last = here; }
    else if (event.key === "X" && here) {
      const all = rows(), ends = [all.indexOf(last), all.indexOf(here)].map((place) => Math.max(place, 0)).sort((a, b) => a - b);
      for (const row of all.slice(ends[0], ends[1] + 1)) if (box(row)) box(row).checked = true;
      last = here; count();
    }
    else if (event.key === "h" && here) { const why = here.querySelector("details.deadline"); if (why) why.open = !why.open; }
    else return;
    event.preventDefault();
  });
  document.addEventListener("change", (event) => { if (event.target.closest("table[data-rows]")) count(); });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-batch-clear]")) return;
    for (const row of rows()) { const box = row.querySelector("input[type=checkbox]"); if (box) box.checked = false; }
    count();
  });
  document.addEventListener("htmx:after:swap", count);
  // A browser may keep ticks over the way back.
  addEventListener("pageshow", () => { if (table()) count(); });
})();
