// Before the first paint, so that nobody who chose the dark is flashed. The page's policy allows no inline script.
const theme = localStorage.getItem("theme");
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
if (new URLSearchParams(location.search).get("tv") === "1") document.documentElement.dataset.tv = "";
