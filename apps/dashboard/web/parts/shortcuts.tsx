import { useEffect, useState } from "react";
import { go } from "../routing.tsx";
import { useModal } from "./modal.ts";

/** Pages, by the key that follows `g`. */
const pages: Readonly<Record<string, { href: string; name: string }>> = {
  n: { href: "/", name: "Now" },
  e: { href: "/events", name: "Events" },
  d: { href: "/deliveries", name: "Deliveries" },
  a: { href: "/add", name: "Add" },
};

const storageKey = "shortcuts";

/** Keys that lead somewhere, and `?` to see which. They can be turned off, as WCAG 2.1.4 asks. */
export function Shortcuts() {
  const [isOpen, setOpen] = useState(false);
  const [areOn, setOn] = useState(() => localStorage.getItem(storageKey) !== "off");
  const turn = (on: boolean) => {
    setOn(on);
    localStorage.setItem(storageKey, on ? "on" : "off");
  };
  useEffect(() => {
    if (!areOn) return undefined;
    let hasBegun = false;
    const press = (event: KeyboardEvent) => {
      if (isTaken(event)) return;
      const page = hasBegun ? pages[event.key] : undefined;
      hasBegun = event.key === "g";
      if (page) goTo(page.href);
      else if (event.key === "?") setOpen(true);
      else if (event.key === "/") focusSearch(event);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [areOn]);
  return (
    <>
      <button type="button" className="as-link" onClick={() => setOpen(true)}>
        Keyboard
      </button>
      {isOpen ? <Help areOn={areOn} onTurn={turn} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

interface HelpProps {
  areOn: boolean;
  onTurn(on: boolean): void;
  onClose(): void;
}

function Help({ areOn, onTurn, onClose }: HelpProps) {
  const dialog = useModal();
  return (
    <dialog ref={dialog} aria-labelledby="shortcuts" onCancel={onClose} onClose={onClose}>
      <h2 id="shortcuts">Keyboard</h2>
      <dl className="keys">
        {Object.entries(pages).map(([key, { name }]) => (
          <div key={key}>
            <dt>
              <kbd>g</kbd> <kbd>{key}</kbd>
            </dt>
            <dd>{name}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>/</kbd>
          </dt>
          <dd>Search on this page</dd>
        </div>
        <div>
          <dt>
            <kbd>?</kbd>
          </dt>
          <dd>This list</dd>
        </div>
      </dl>
      <label className="choice">
        <input type="checkbox" checked={areOn} onChange={({ target }) => onTurn(target.checked)} />
        These keys do something
      </label>
      <p className="buttons">
        <button type="button" className="primary" onClick={onClose}>
          Close
        </button>
      </p>
    </dialog>
  );
}

// Who types, or has a dialog open, means something else.
function isTaken({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  const isTyping = target instanceof Element && target.closest("input, select, textarea, dialog") !== null;
  return isTyping || ctrlKey || metaKey || altKey;
}

function goTo(href: string): void {
  go(href);
  requestAnimationFrame(() => document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true }));
}

function focusSearch(event: KeyboardEvent): void {
  const search = document.querySelector<HTMLElement>('main input[type="search"]');
  if (!search) return;
  event.preventDefault();
  search.focus();
}
