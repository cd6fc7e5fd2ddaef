import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { checkSync } from "recheck";
import ts from "typescript";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Flagged, and no danger: what they are used on is our own or the operator's, and short. */
const harmless: Readonly<Record<string, string>> = {
  "/[^a-zA-Z0-9]+(\\w)/g": "our own paths, when the API's description is built",
  "/\\$\\$|\\$\\{([^}]*)\\}/g": "values in statuswire.yaml",
  "/name=(\\S*).* cmd=(\\S+)/": "Redis' list of clients, in tests",
};

beforeAll(() => {
  // JavaScript; the binaries are not installed.
  process.env["RECHECK_BACKEND"] = "pure";
});

describe("a regular expression", () => {
  test("can't be kept busy by any text", () => {
    const flagged = [...literals()].filter(([literal]) => isUnbounded(literal) && isVulnerable(literal));
    expect(flagged.filter(([literal]) => !Object.hasOwn(harmless, literal))).toEqual([]);
  }, 180_000);

  test("that could be is found", () => {
    expect([isVulnerable("/^(a+)+$/"), isVulnerable("/^\\s*;?\\s*$/"), isVulnerable("/^a{1,9}$/")]).toEqual([
      true,
      true,
      false,
    ]);
  });

  test("is excused only while it stands there", () => {
    expect(Object.keys(harmless).filter((literal) => !literals().has(literal))).toEqual([]);
  });
});

/** Every literal of our sources, and where it stands. */
function literals(): Map<string, string> {
  const rooms = ["apps", "packages"].flatMap((floor) =>
    readdirSync(join(root, floor)).map((name) => join(floor, name)),
  );
  const files = rooms.flatMap((room) =>
    readdirSync(join(root, room, "src"), { recursive: true, encoding: "utf8" })
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => join(room, "src", path)),
  );
  return new Map(files.flatMap((path) => literalsOf(path).map((literal) => [literal, path] as const)));
}

function literalsOf(path: string): string[] {
  const kind = path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(
    path,
    readFileSync(join(root, path), "utf8"),
    ts.ScriptTarget.ESNext,
    false,
    kind,
  );
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Whether it repeats something as often as it comes. What is bounded costs each place of a text so much, and no more. */
function isUnbounded(literal: string): boolean {
  return /[*+]|\{\d+,\}/.test(literal.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]/g, ""));
}

function isVulnerable(literal: string): boolean {
  const [, source = "", flags = ""] = /^\/(.*)\/([a-z]*)$/s.exec(literal) ?? [];
  return checkSync(source, flags, { timeout: 3_000 }).status === "vulnerable";
}
