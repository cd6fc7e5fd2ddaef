import { readFileSync } from "node:fs";
import { chmod, readdir, stat, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { serve, type LocalServer } from "@statuswire/testing";
import { type ConfigFile, configFile } from "./config-file.ts";
import { run } from "./run.ts";

const commented = `# ours
providers:
  - openai # the important one
  - id: github
    every: 2m
outbound: { allowPrivate: [127.0.0.1] }
`;

let file: ConfigFile;
beforeEach(async () => {
  file = await configFile();
});
afterEach(() => file.remove());

describe("add", () => {
  test("writes known services at the end of the list, and leaves every comment", async () => {
    await file.write(commented);
    const { out, exitCode } = await run(["add", "Stripe", "discord"], file.env);
    expect(await file.read()).toBe(commented.replace("every: 2m\n", "every: 2m\n  - stripe\n  - discord\n"));
    expect([out.split("\n").map((line) => line.slice(0, 9)), exitCode]).toEqual([
      ["+ Stripe ", "+ Discord", ""],
      0,
    ]);
  });

  test.each([
    ["add", "stripe"],
    ["remove", "openai"],
  ])("says what to do when the file cannot be written: %s", async (...command) => {
    await file.write(commented);
    await chmod(file.path, 0o444);
    await chmod(dirname(file.path), 0o555);
    const { err, exitCode } = await asNobody(() => run(command, file.env));
    await chmod(dirname(file.path), 0o755);
    expect(err).toContain(`${file.path} cannot be written (EACCES); nothing was changed. Make it writable`);
    expect(exitCode).toBe(1);
  });

  test("says who is there already", async () => {
    await file.write(commented);
    expect((await run(["add", "OpenAI"], file.env)).out).toBe("= OpenAI  is there already\n");
    expect(await file.read()).toBe(commented);
  });

  test("creates the file, with its schema and with who was watched without it", async () => {
    await run(["add", "stripe"], file.env);
    const [first = "", ...rest] = (await file.read()).split("\n");
    expect(first).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/.*\/packages\/config\/dist\/statuswire\.schema\.json$/,
    );
    expect(rest).toEqual(["providers:", "  - openai", "  - discord", "  - apple", "  - stripe", ""]);
  });

  test("names every mistake at once, and writes nothing then", async () => {
    await file.write(commented);
    const { err, exitCode } = await run(["add", "stripe", "githb", "never heard of"], file.env);
    expect(err).toContain('Did you mean "github"?');
    expect(err).toContain('No known service is called "never heard of". Give the address of its status page');
    expect([await file.read(), exitCode]).toEqual([commented, 1]);
  });

  test("refuses what the file must not say, and leaves it", async () => {
    await file.write("providers:\n  - openai\n");
    const { err, exitCode } = await run(["add", "--format", "statuspage", "http://10.1.2.3/"], file.env);
    expect(err).toContain("outbound.allowPrivate");
    expect([await file.read(), exitCode]).toEqual(["providers:\n  - openai\n", 1]);
  });

  test("works on a file whose secrets are set elsewhere", async () => {
    await file.write('providers:\n  - { page: "${PAGE}", format: statuspage }\n');
    expect((await run(["add", "stripe"], file.env)).exitCode).toBe(0);
    expect(await file.read()).toContain("- stripe");
  });

  test("says of a page that only pushes how to hear it", async () => {
    await file.write(commented);
    const { out } = await run(["add", "8x8"], file.env);
    expect(out).toContain("have it call POST /webhooks/8x8");
  });

  test("says that somebody is no more", async () => {
    await file.write(commented);
    const { err, exitCode } = await run(["add", "fauna"], file.env);
    expect(err).toContain("Fauna is no more: The service was shut down on 30 May 2025");
    expect([exitCode, await file.read()]).toEqual([1, commented]);
  });

  test("takes somebody's word for how a page talks", async () => {
    await file.write(commented);
    await run(["add", "--format", "cachet", "status.acme.dev"], file.env);
    expect(await file.read()).toContain("  - page: https://status.acme.dev/\n    format: cachet\n");
  });

  test("keeps a file's mode, and a link a link", async () => {
    await file.write(commented);
    await chmod(file.path, 0o600);
    const link = join(dirname(file.path), "link.yaml");
    await symlink(file.path, link);
    await run(["add", "stripe"], { STATUSWIRE_CONFIG: link });
    expect((await stat(file.path)).mode & 0o777).toBe(0o600);
    expect((await readdir(dirname(file.path))).sort()).toEqual(["link.yaml", "statuswire.yaml"]);
    expect(await file.read()).toContain("- stripe");
  });

  test("asks --format for a name that there is", async () => {
    const { err, exitCode } = await run(["add", "--format", "statuspge", "https://status.acme.dev"], file.env);
    expect([err.includes('Did you mean "statuspage"?'), exitCode]).toEqual([true, 1]);
  });
});

describe("add, of a page that nobody knows", () => {
  let server: LocalServer;
  beforeEach(async () => {
    const summary = readFileSync(
      new URL("../../../packages/adapters/fixtures/statuspage/summary-quiet.json", import.meta.url),
    );
    server = await serve(({ url }, response) => {
      if (url === "/api/v2/summary.json") response.end(summary);
      else response.writeHead(404).end();
    });
  });
  afterEach(() => server.close());

  test("finds out how it talks, and writes that", async () => {
    await file.write(commented);
    const { exitCode, err } = await run(["add", server.url], file.env);
    expect([exitCode, err]).toEqual([0, `Asking 127.0.0.1:${server.port} how it talks …\n`]);
    expect(await file.read()).toMatch(
      new RegExp(`  - name: .+\n    page: ${server.url}/\n    format: statuspage\noutbound:`),
    );
  });

  test("says what to do when it can't", async () => {
    await file.write(commented);
    await server.close();
    const { err, exitCode } = await run(["add", server.url], file.env);
    expect(err).toContain(`npm run -s statuswire -- detect ${server.url}/`);
    expect([exitCode, await file.read()]).toEqual([1, commented]);
    server = await serve((_request, response) => void response.end());
  });
});

describe("remove", () => {
  test("takes out who is named, and leaves every comment of the others", async () => {
    await file.write(commented);
    const { out } = await run(["remove", "GitHub"], file.env);
    expect(out).toBe("- GitHub\n");
    expect(await file.read()).toBe(commented.replace("  - id: github\n    every: 2m\n", ""));
  });

  test("removes nobody when somebody is not there, and says who was meant", async () => {
    await file.write(commented);
    const { err, exitCode } = await run(["remove", "openai", "githb"], file.env);
    expect(err).toBe('statuswire: Nobody called "githb" is watched. Did you mean "github"?\n');
    expect([exitCode, await file.read()]).toEqual([1, commented]);
  });
});

describe("with --json", () => {
  test("add tells what is new and what is not", async () => {
    await file.write(commented);
    const { out } = await run(["add", "--json", "stripe", "openai"], file.env);
    expect(JSON.parse(out)).toEqual({ file: file.path, added: ["stripe"], already: ["openai"] });
  });

  test("remove tells who is gone", async () => {
    await file.write(commented);
    expect(JSON.parse((await run(["remove", "--json", "openai"], file.env)).out)).toEqual({
      file: file.path,
      removed: ["openai"],
    });
  });
});

/** Does something as a user who may not write everywhere. */
async function asNobody<Result>(work: () => Promise<Result>): Promise<Result> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
