// Breaks the code in known places, one at a time, and says whether its tests notice: see docs/testing.md.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mutations } from "./mutations.mjs";
import { bin, root } from "./setup/paths.mjs";

const wanted = process.argv.slice(2);
const chosen = mutations.filter(
  ({ name, file }) => !wanted.length || wanted.some((text) => `${file} ${name}`.includes(text)),
);
if (!chosen.length) {
  process.stderr.write(`mutate: No mutation's file or name contains "${wanted.join('" or "')}".\n`);
  process.exit(64);
}

let original;
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    if (original) writeFileSync(original.path, original.text);
    process.exit(1);
  });
}

let survivors = 0;
for (const [index, { name, file, from, to, tests }] of chosen.entries()) {
  const path = join(root, file);
  const text = readFileSync(path, "utf8");
  if (text.split(from).length !== 2) throw new Error(`${file} does not hold this once, for "${name}": ${from}`);
  original = { path, text };
  const startedAt = performance.now();
  try {
    writeFileSync(
      path,
      text.replace(from, () => to),
    );
    survivors += told({ name, file, isKilled: !doTestsPass(tests), at: index + 1, startedAt });
  } finally {
    writeFileSync(path, text);
    original = undefined;
  }
}
process.stdout.write(`${chosen.length - survivors} noticed, ${survivors} not noticed\n`);
process.exitCode = survivors ? 1 : 0;

function doTestsPass(patterns) {
  const args = [
    "--experimental-vm-modules",
    "--no-warnings",
    join(bin, "..", "jest", "bin", "jest.js"),
    "--bail",
    ...patterns,
  ];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "ignore" });
  return status === 0;
}

function told({ name, file, isKilled, at, startedAt }) {
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  process.stdout.write(
    `${isKilled ? "✓ noticed" : "✗ not noticed"} ${at}/${chosen.length} ${file}: ${name} (${seconds} s)\n`,
  );
  return isKilled ? 0 : 1;
}
