// Small helps for forms and pages that work without them: filters that send themselves (form[data-auto]), forms that are sent once
// (form[data-once]), buttons that print ([data-print]), and menus that close when the reader looks elsewhere (details.topbar__post, .deadline, .def).
(() => {
  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("form[data-auto]");
    if (form && !event.target.matches("[type=search], [type=text]")) form.requestSubmit();
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    // A button that opens beside the form shows something and sends nothing; it may be pressed again.
    if (!form.matches("form[data-once]") || event.defaultPrevented || event.submitter?.formTarget === "_blank") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  // An answer computed from what is no longer on the screen is not shown: what was typed meanwhile would be lost. It is asked for again.
  const edits = new WeakMap();
  const formOf = (event) => event.detail?.ctx?.sourceElement?.closest?.("form");
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form) edits.set(form, (edits.get(form) ?? 0) + 1);
  });
  document.addEventListener("htmx:before:request", (event) => {
    const form = formOf(event);
    if (form) event.detail.ctx.edits = edits.get(form) ?? 0;
  });
  document.addEventListener("htmx:before:swap", (event) => {
    const form = formOf(event), { ctx } = event.detail;
    if (!form || ctx.edits === undefined || ctx.edits === (edits.get(form) ?? 0)) return;
    event.preventDefault();
    clearTimeout(form.again);
    form.again = setTimeout(() => ctx.sourceElement.isConnected && ctx.sourceElement.dispatchEvent(new Event("change", { bubbles: true })), 300);
  });

  // A page that comes back from the browser's memory may be sent again.
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  }));

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-print]")) { print(); return; }
    for (const open of document.querySelectorAll("details.deadline[open], details.def[open], details.topbar__post[open]")) {
      if (!open.contains(event.target)) open.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const open of document.querySelectorAll("details.deadline[open], details.def[open], details.topbar__post[open]")) {
      open.open = false;
      if (open.contains(document.activeElement)) open.querySelector("summary").focus();
    }
  });
  addEventListener("beforeprint", () => document.querySelectorAll("details.case:not([open])").forEach((part) => { part.open = true; part.dataset.opened = ""; }));
  addEventListener("afterprint", () => document.querySelectorAll("details[data-opened]").forEach((part) => { part.open = false; delete part.dataset.opened; }));
})();
