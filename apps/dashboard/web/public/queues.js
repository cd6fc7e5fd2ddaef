// Bull Board leaves its icon buttons without a name and its first page without a heading. This adds both, for screen readers.
// A button is recognized by the shape of its icon: classes change with each of Bull Board's releases.
const names = [
  ["M8 3H5", "Full screen"],
  ["M9.671 4.136", "Settings"],
  ['width="14" height="14" x="8" y="8"', "Copy"],
  ['cx="12" cy="5"', "More actions"],
];

function nameButton(button) {
  if (button.textContent.trim() || button.ariaLabel || button.title) return;
  const icon = button.innerHTML;
  button.ariaLabel = names.find(([shape]) => icon.includes(shape))?.[1] ?? "Action";
}

function nameLogo(logo) {
  if (logo.alt && logo.parentElement.textContent.trim() === logo.alt) logo.alt = "";
}

function keepHeading() {
  const own = document.getElementById("queues-heading");
  const others = document.querySelectorAll("h1:not(#queues-heading)").length;
  if (others) own?.remove();
  if (others || own) return;
  const heading = document.createElement("h1");
  heading.id = "queues-heading";
  heading.textContent = "Queues";
  document.querySelector("header")?.append(heading);
}

function mend() {
  document.querySelectorAll("button").forEach(nameButton);
  document.querySelectorAll("header a > img").forEach(nameLogo);
  keepHeading();
}

new MutationObserver(mend).observe(document.documentElement, { childList: true, subtree: true });
