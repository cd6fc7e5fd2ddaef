import type { LookupFunction } from "node:net";
import { describe, expect, test } from "@jest/globals";
import { createGuard } from "../src/guard.ts";
import { legs, serve } from "./local.ts";

// Only this machine is ever asked: what lies elsewhere is checked without a request, so that a broken guard stays home.
const forbidden = { name: "FetchError", reason: "forbidden_address" };

describe("the address of a canary on this machine", () => {
  test.each([
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "127.255.255.254",
    "127.0.0.1.",
    "0",
    "0.0.0.0",
    "0x7f.1",
    "0x7f000001",
    "0x7f.0x0.0x0.0x1",
    "017700000001",
    "0177.0.0.01",
    "2130706433",
    "①②⑦.⓪.⓪.①",
    "１２７。０。０。１",
    "127%2e0%2e0%2e1",
    "%31%32%37.0.0.1",
    "[::]",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::127.0.0.1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "localhost",
    "LOCALHOST",
    "ⓛocalhost",
    "name:word@127.0.0.1",
  ])("is not reached as %s", async (host) => {
    const canary = await serve((_request, response) => response.end("secret"), "::");
    const outbound = legs({ allowPrivate: false, ports: [canary.port] });
    const url = new URL(`http://${host}:${canary.port}/`);
    await expect(outbound.fetchPage(url)).rejects.toMatchObject(forbidden);
    await expect(outbound.post(url, { body: "", headers: {} })).rejects.toMatchObject(forbidden);
    expect(canary.asked).toEqual([]);
  });
});

describe("a name", () => {
  test("that leads to this machine and elsewhere is only reached elsewhere", async () => {
    expect(await addressesOf(["127.0.0.1", "8.8.8.8", "::1", "10.0.0.1", "2606:4700::1111"])).toEqual([
      "8.8.8.8",
      "2606:4700::1111",
    ]);
  });

  test.each([
    "127.0.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "fe80::1",
    "fd00::1",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
  ])("that leads to %s alone leads nowhere", async (address) => {
    await expect(addressesOf([address])).rejects.toMatchObject({ reason: "forbidden_address" });
  });

  test("that changes its mind is asked once a connection: what was checked is what is connected to", async () => {
    const page = await serve(
      (_request, response) => response.setHeader("connection", "close").end("page"),
      "127.0.0.2",
    );
    const canary = await serve((_request, response) => response.end("secret"), "127.0.0.1", page.port);
    const answers = ["127.0.0.2", "127.0.0.1"];
    const lookup = resolving(() => answers.splice(0, 1));
    const outbound = legs({ allowPrivate: ["127.0.0.2"], ports: [page.port], lookup });
    const url = new URL(`http://flip.example:${page.port}/`);
    expect(await outbound.fetchPage(url)).toMatchObject({ text: "page" });
    await expect(outbound.fetchPage(url)).rejects.toMatchObject({ reason: "forbidden_address" });
    expect(canary.asked).toEqual([]);
  });
});

describe("an address", () => {
  const guard = createGuard({ allowPrivate: false, ports: [8443], lookup: resolving(() => []) });

  test.each([
    "http://8.8.8.8/",
    "https://[2606:4700::1111]/",
    "https://status.example.com/",
    "https://x.example:8443/",
  ])("of the public internet may be reached: %s", (url) => expect(() => guard.check(new URL(url))).not.toThrow());

  test.each([
    ["another port", "https://status.example.com:22/"],
    ["a file", "file:///etc/passwd"],
    ["data", "data:text/plain,hello"],
    ["a socket", "http://unix/var/run/docker.sock"],
    ["a private network", "http://192.168.0.1/"],
    ["a carrier's network", "http://100.64.0.1/"],
    ["documentation", "http://192.0.2.1/"],
    ["a benchmark", "http://198.18.0.1/"],
    ["everyone", "http://255.255.255.255/"],
    ["a group", "http://224.0.0.1/"],
    ["a translator (RFC 6145)", "http://[::ffff:0:127.0.0.1]/"],
    ["a translator (NAT64)", "http://[64:ff9b::7f00:1]/"],
    ["a translator (local NAT64)", "http://[64:ff9b:1::7f00:1]/"],
    ["a tunnel (6to4)", "http://[2002:7f00:1::]/"],
    ["a tunnel (Teredo)", "http://[2001::7f00:1]/"],
    ["a tunnel (ISATAP)", "http://[::5efe:7f00:1]/"],
    ["nobody yet", "http://[4000::1]/"],
  ])("of %s may not", (_what, url) => {
    expect(() => guard.check(new URL(url))).toThrow(expect.objectContaining({ reason: "forbidden_address" }));
  });
});

describe("what is allowed", () => {
  test.each([
    ["everything of one's own", true, "http://127.0.0.1:9999/"],
    ["everything of one's own", true, "http://[fd00::1]/"],
    ["an address", ["10.0.0.5"], "http://10.0.0.5:9999/"],
    ["an address in brackets", ["[fd00::1]"], "http://[fd00::1]/"],
    ["a network", ["10.0.0.0/8"], "http://10.255.0.1:9999/"],
    ["a cloud's metadata, by name", ["169.254.169.254"], "http://169.254.169.254/"],
    ["a host", ["Status.Internal"], "http://status.internal:9999/"],
  ])("may be reached: %s (%j)", (_what, allowPrivate, url) => {
    expect(() => guarding(allowPrivate).check(new URL(url))).not.toThrow();
  });

  test.each([
    ["link-local addresses", true, "http://169.254.169.254/"],
    ["a cloud's metadata", true, "http://[fd00:ec2::254]/"],
    ["a cloud's metadata", true, "http://100.100.100.200/"],
    ["this very address", true, "http://0.0.0.0/"],
    ["the neighbour of an address", ["10.0.0.5"], "http://10.0.0.6/"],
    ["another network", ["10.0.0.0/8"], "http://192.168.0.1/"],
    ["another kind of address", ["::/0"], "http://10.0.0.1/"],
    ["another host's ports", ["status.internal"], "http://example.com:9999/"],
  ])("does not open %s (%j)", (_what, allowPrivate, url) => {
    expect(() => guarding(allowPrivate).check(new URL(url))).toThrow(
      expect.objectContaining({ reason: "forbidden_address" }),
    );
  });

  test("by host holds for the own networks that it leads to, not for the metadata of a cloud", async () => {
    expect(await addressesOf(["10.0.0.1", "169.254.169.254"], ["status.example"])).toEqual(["10.0.0.1"]);
  });

  test("by network holds for every name that leads there", async () => {
    expect(await addressesOf(["10.0.0.1", "192.168.0.1"], ["10.0.0.0/8"])).toEqual(["10.0.0.1"]);
  });

  test("must make sense", () => {
    expect(() => guarding(["10.0.0.0/33"])).toThrow();
  });
});

function guarding(allowPrivate: boolean | string[]) {
  return createGuard({ allowPrivate, ports: [], lookup: resolving(() => []) });
}

function resolving(answer: () => string[]): LookupFunction {
  return (_hostname, _options, callback) => {
    const found = answer().map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    process.nextTick(callback, null, found);
  };
}

function addressesOf(found: string[], allowPrivate: string[] = []): Promise<string[]> {
  const { lookup } = createGuard({ allowPrivate, ports: [], lookup: resolving(() => found) });
  return new Promise((resolve, reject) =>
    lookup("status.example", { all: true }, (error, addresses) =>
      error || !Array.isArray(addresses) ? reject(error) : resolve(addresses.map(({ address }) => address)),
    ),
  );
}
