// Rows of a list by keyboard: table[data-rows] takes j and k, x ticks, Enter opens, h explains the promise.
// [data-batch] shows itself while boxes are ticked and says how many: <b data-batch-count>. [data-batch-clear] unticks.
(() => {
  const table = () => document.querySelector("table[data-rows]");
  const rows = () => [...(table()?.querySelectorAll("tbody tr:not(.group)") || [])];
  let at = -1;

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
  }

  document.addEventListener("keydown", (event) => {
    if (!table() || event.defaultPrevented || document.documentElement.dataset.keysOff || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [popover]:popover-open")) return;
    const here = rows().find((row) => row.classList.contains("cursor"));
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "x" && here) here.querySelector("input[type=checkbox]")?.click();
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
  if (table()) count();
})();
