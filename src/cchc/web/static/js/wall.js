/* A page that asks for itself again: data-again on its main element says after how many seconds. Not while nobody sees it. */
(() => {
  const main = document.querySelector("[data-again]");
  if (!main) return;
  setInterval(() => {
    if (!document.hidden) location.reload();
  }, Number(main.dataset.again) * 1000);
})();
