import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";

interface Manifest {
  files?: string[];
  devDependencies?: Record<string, string>;
}

interface Service {
  build?: { target: string };
  cap_drop: string[];
  command?: string[];
  container_name?: string;
  depends_on: Record<string, { condition: string }>;
  environment: Record<string, string | number>;
  healthcheck?: { test: string[] };
  ports?: string[];
  read_only: boolean;
  restart: string;
  stop_grace_period: string;
  user?: string;
}

// Our own file: a wrong shape fails the test that looks at it.
const { services } = parse(read("docker-compose.yml"), { merge: true }) as { services: Record<string, Service> };
const dockerfile = read("Dockerfile");
const stages = dockerfile.split(/^(?=FROM )/m);
const copied = /cp --parents --recursive (.*) \/built/.exec(dockerfile)?.[1]?.split(" ");
const apps = ["ingest", "worker", "dashboard"] as const;
const { globalDependencies } = JSON.parse(read("turbo.json")) as { globalDependencies: string[] };

describe("each app in docker-compose.yml", () => {
  test.each(apps)("waits for a healthy Redis: %s", (app) => {
    expect(service(app).depends_on["redis"]).toEqual({ condition: "service_healthy" });
    expect(service("redis").healthcheck?.test.join(" ")).toContain("PONG");
  });

  test.each(apps)("gets only variables that it reads: %s", (app) => {
    expect(variablesOf(app)).toEqual(expect.arrayContaining(Object.keys(service(app).environment)));
  });

  test.each(apps)("is given more time to stop than it takes: %s", (app) => {
    const { environment, stop_grace_period } = service(app);
    expect(Number.parseInt(stop_grace_period, 10)).toBeGreaterThan(Number(environment["SHUTDOWN_GRACE_SECONDS"]));
  });

  test.each(apps)("is a target of the Dockerfile that runs it and looks after its health: %s", (app) => {
    const stage = stageOf(service(app).build?.target);
    expect(stage).toContain(`CMD ["node", "/app/apps/${app}/dist/main.js"]`);
    expect(stage).toMatch(/^HEALTHCHECK .*\n.*\/healthz/m);
  });
});

describe("each service in docker-compose.yml", () => {
  test.each(["redis", ...apps])("can write to its volumes only, and gains no rights: %s", (name) => {
    expect(service(name)).toMatchObject({
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
    });
  });

  test.each(["redis", ...apps])("is published on loopback at most: %s", (name) => {
    expect(service(name).ports ?? []).not.toContainEqual(expect.not.stringMatching(/^127\.0\.0\.1:/));
  });
});

describe("the worker in docker-compose.yml", () => {
  test("can be scaled: nothing in it is there only once", () => {
    expect(service("worker").container_name).toBeUndefined();
    expect(service("worker").ports).toBeUndefined();
  });
});

describe("Redis in docker-compose.yml", () => {
  const { command, restart, user } = service("redis");

  test("has every write on disk before it acknowledges it, and drops none", () => {
    expect(command?.join(" ")).toContain("--appendonly yes --appendfsync always --maxmemory-policy noeviction");
  });

  test("comes back by itself from a full disk", () => {
    expect(restart).toBe("always");
  });

  test("does not run as root", () => {
    expect(user).toBe("redis");
  });
});

describe("the image", () => {
  test("does not run as root", () => {
    expect(dockerfile.match(/^USER .*$/gm)).toEqual(["USER 1000:1000"]);
    expect(stageOf("app")).toContain("USER 1000:1000");
  });

  test("is the same for every app", () => {
    expect(apps.map((app) => stageOf(app).split(" AS ")[0])).toEqual(apps.map(() => "FROM app"));
  });

  test("is built with the tools that package.json names", () => {
    const { devDependencies } = manifest("package.json");
    expect(dockerfile).toContain(`pnpm@${devDependencies?.["pnpm"]} turbo@${devDependencies?.["turbo"]}\n`);
  });

  test.each(globalDependencies)("is built by the settings that all rooms share: %s", (file) => {
    const names = [file, file.replace(/\/[^/]+$/, "")];
    expect(names.some((name) => dockerfile.includes(` /app/${name} `))).toBe(true);
    expect(names.some((name) => read(".dockerignore").includes(`\n!${name}\n`))).toBe(true);
  });

  test.each(published())("holds what every room publishes: %s", (files) => {
    expect(copied).toContain(files);
  });
});

function read(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
}

function manifest(path: string): Manifest {
  return JSON.parse(read(path)) as Manifest;
}

function service(name: string): Service {
  const found = services[name];
  if (!found) throw new Error(`docker-compose.yml has no service "${name}".`);
  return found;
}

function stageOf(name = ""): string {
  const found = stages.find((stage) => stage.split("\n", 1)[0]?.endsWith(` AS ${name}`));
  if (!found) throw new Error(`The Dockerfile has no stage "${name}".`);
  return found;
}

/** The variables that an app's configuration names. Node itself reads TZ, and whatever reads statuswire.yaml PUBLIC_URL. */
function variablesOf(app: string): string[] {
  const sources = [`apps/${app}/src/config.ts`, "packages/service/src/environment.ts"].map(read).join("\n");
  return [
    "TZ",
    "PUBLIC_URL",
    ...[...sources.matchAll(/^ +([A-Z][A-Z0-9_]+): /gm)].flatMap(([, name]) => name ?? []),
  ];
}

/** What the rooms' manifests say they publish, as the Dockerfile would name it. */
function published(): string[] {
  const all = ["apps", "packages"].flatMap((floor) =>
    readdirSync(new URL(`../${floor}`, import.meta.url)).flatMap((room) =>
      (manifest(`${floor}/${room}/package.json`).files ?? []).map((file) => `${floor}/*/${file}`),
    ),
  );
  return [...new Set(all)];
}
