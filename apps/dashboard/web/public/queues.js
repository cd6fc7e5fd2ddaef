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

// A label that says other words than the link shows can't be spoken to a computer.
function nameLink(link) {
  const shown = link.textContent.trim();
  if (shown && !link.ariaLabel.toLowerCase().includes(shown.toLowerCase())) link.ariaLabel = shown;
}

// Jobs are headings of the fifth level, with none between them and the page's own.
function levelHeading(heading) {
  if (heading.ariaLevel !== "2") heading.ariaLevel = "2";
}

function nameColumn(column) {
  if (column.textContent.trim()) return;
  const name = document.createElement("span");
  name.className = "queues-hidden";
  name.textContent = "Actions";
  column.append(name);
}

function keepHeading() {
  const own = document.getElementById("queues-heading");
  const others = document.querySelectorAll("h1:not(#queues-heading)").length;
  if (others) own?.remove();
  if (others || own) return;
  const heading = document.createElement("h1");
  heading.id = "queues-heading";
  heading.className = "queues-hidden";
  heading.textContent = "Queues";
  document.querySelector("header")?.append(heading);
}

function mend() {
  document.querySelectorAll("button").forEach(nameButton);
  document.querySelectorAll("header a > img").forEach(nameLogo);
  document.querySelectorAll("a[aria-label]").forEach(nameLink);
  document.querySelectorAll("main th").forEach(nameColumn);
  document.querySelectorAll("main :is(h2, h3, h4, h5, h6)").forEach(levelHeading);
  keepHeading();
}

new MutationObserver(mend).observe(document.documentElement, { childList: true, subtree: true });
