import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const commands = readdirSync(join(root, "apps/cli/src/commands")).map((name) => name.replace(/\.ts$/, ""));

/** A command of ours as no shell finds it: until it is published, `statuswire` is on nobody's PATH. */
const bare = new RegExp(`(?<!npm run -s )(?<![\\w@/.-])statuswire (${commands.join("|")})\\b`);

test.each(["README.md", ...sources()])(
  "%s names commands as they can be called: npm run -s statuswire -- …",
  (path) => {
    const lines = code(readFileSync(join(root, path), "utf8")).split("\n");
    expect(lines.filter((line) => bare.test(line) && !line.includes("statuswire up"))).toEqual([]);
  },
);

function sources(): string[] {
  return ["apps", "packages", "scripts"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .map((path) => join(folder, path))
      .filter((path) => /^(apps|packages)\/[^/]+\/(src|web)\/.*\.tsx?$|^scripts\/.*\.mjs$/.test(path)),
  );
}

// Comments are for those who read the sources.
function code(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
}
