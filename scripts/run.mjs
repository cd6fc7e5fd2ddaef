#!/usr/bin/env node
// What `npm start`, `npm test` and `npm run demo` run. Needs Node and nothing else: it gets the rest, then does the job.
// This file is also read by Node versions that are too old, so it stays within what they understand.
const oldest = [20, 19];
const [major, minor] = process.versions.node.split(".").map(Number);

if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  fail(
    `Node ${oldest.join(".")} or newer is needed; this is ${process.versions.node}. Get one from https://nodejs.org`,
  );
} else if (process.platform === "win32") {
  fail(
    "Redis does not run on Windows itself. Run this inside WSL: https://learn.microsoft.com/windows/wsl/install",
  );
} else {
  import("./setup/main.mjs").then(({ main }) => main(process.argv.slice(2)));
}

function fail(message) {
  process.stderr.write(`statuswire: ${message}\n`);
  process.exitCode = 1;
}
