// What every page does: the switch between light and dark, "/" and copying.
"use strict";
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const button = document.querySelector("[data-theme-switch]");

  const isDark = () =>
    root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;
  const show = () => button.setAttribute("aria-pressed", String(isDark()));

  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("hypersigma-theme", root.dataset.theme);
    } catch {
      // It then holds for this page only.
    }
    show();
  });
  dark.addEventListener("change", show);
  show();

  const isTyping = (target) =>
    target.closest("input, select, textarea, [contenteditable]") !== null;

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (isTyping(event.target)) return;
    event.preventDefault();
    const query = document.getElementById("query");
    if (query) {
      query.focus();
      query.select();
    } else {
      location.href = `${document.body.dataset.root}index.html#find`;
    }
  });

  for (const copy of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) break;
    const lines = document.getElementById(copy.dataset.copy);
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(lines.textContent);
        copy.textContent = "Copied";
      } catch {
        copy.textContent = "Not allowed";
      }
      setTimeout(() => (copy.textContent = "Copy"), 2000);
    });
  }
})();
