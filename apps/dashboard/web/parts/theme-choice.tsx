import { useState } from "react";

const themes = [
  { value: "system", name: "System" },
  { value: "light", name: "Light" },
  { value: "dark", name: "Dark" },
];

/** Light, dark, or as the system has it. Remembered here, and applied by theme.js before the next first paint. */
export function ThemeChoice() {
  const [theme, setTheme] = useState(() => localStorage.getItem("theme") ?? "system");
  const choose = (value: string) => {
    setTheme(value);
    localStorage.setItem("theme", value);
    if (value === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = value;
  };
  return (
    <label className="theme">
      <span className="hidden">Theme</span>
      <select value={theme} onChange={({ target }) => choose(target.value)}>
        {themes.map(({ value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
