"use strict";
(() => {
  const root = document.documentElement,
    button = document.getElementById("theme");
  const remember = (value) => {
    try {
      if (value) localStorage.setItem("resolver-theme", value);
      return localStorage.getItem("resolver-theme");
    } catch {
      return null;
    }
  };
  const dark = () =>
    root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const say = () => {
    button.textContent = dark() ? "Light" : "Dark";
    button.setAttribute("aria-label", dark() ? "Use light colours" : "Use dark colours");
  };
  const kept = remember(null);
  if (kept === "dark" || kept === "light") root.dataset.theme = kept;
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    remember(root.dataset.theme);
    say();
  });
  say();
})();
