// Light or dark, before anything is drawn; the choice outlasts the page.
"use strict";
(() => {
  let theme = null;
  try {
    theme = localStorage.getItem("hypersigma-theme");
  } catch {
    // Storage may be forbidden, as it may be for files.
  }
  if (theme === "light" || theme === "dark") {
    document.documentElement.dataset.theme = theme;
  }
})();
