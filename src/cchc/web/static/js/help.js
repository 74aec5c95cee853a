// Help over the screen: a link marked data-help opens its text in the sheet, so that nothing typed is left. A link opened in a new
// window, or a text that does not come, goes the plain way.
(() => {
  const sheet = document.getElementById("helpsheet");
  const body = sheet?.querySelector("[data-helpbody]");
  if (!body || !sheet.showPopover) return;

  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[data-help]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    try {
      const answer = await fetch(link.href, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const text = page.getElementById("help");
      if (!text) throw new Error("no text");
      body.replaceChildren(...text.childNodes);
      sheet.showPopover();
    } catch { location.assign(link.href); }
  });
})();
