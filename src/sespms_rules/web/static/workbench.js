// What a page can do beyond reading and sending forms: go to a line, and say that a text is not saved yet.
"use strict";

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-line]");
  const text = document.getElementById("text");
  if (!link || !text) return;
  event.preventDefault();
  const lines = text.value.split("\n");
  const line = Math.min(Number(link.dataset.line), lines.length);
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  text.focus();
  text.setSelectionRange(start, start + lines[line - 1].length);
  text.scrollTop = (text.scrollHeight / lines.length) * Math.max(line - 5, 0);
});

const saved = document.getElementById("saved");
const writing = document.getElementById("writing");
if (saved && writing) {
  let open = false;
  document.getElementById("text").addEventListener("input", () => {
    open = true;
    saved.textContent = "Not saved yet";
  });
  new MutationObserver(() => {
    if (saved.textContent.trim() === "Saved") open = false;
  }).observe(saved, { childList: true, subtree: true });
  writing.addEventListener("submit", () => { open = false; });
  window.addEventListener("beforeunload", (event) => { if (open) event.preventDefault(); });
}
