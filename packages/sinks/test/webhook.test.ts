import { afterAll, afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createOutbound, type Outbound } from "@statuswire/outbound";
import { Webhook } from "standardwebhooks";
import { kinds, Secret, type Sink } from "../src/index.ts";
import { opened, updated } from "./events.ts";
import { asDelivered, closeOutbound, dependencies, type Received, receiver } from "./world.ts";

const oldSecret = `whsec_${Buffer.alloc(24, 1).toString("base64")}`;
const newSecret = `whsec_${Buffer.alloc(64, 2).toString("base64")}`;

let place: Awaited<ReturnType<typeof receiver>>;

beforeEach(async () => {
  place = await receiver(() => ({ status: 200 }));
});

afterEach(() => place.close());
afterAll(closeOutbound);

describe("a webhook's request", () => {
  test("is verified by a receiver of Standard Webhooks", async () => {
    await sinkWith({ secrets: [oldSecret] }).deliver(opened);
    expect(verified(oldSecret)).toEqual(asDelivered(opened));
  });

  test.each([oldSecret, newSecret])("is verified by either secret while they change", async (secret) => {
    await sinkWith({ secrets: [oldSecret, newSecret] }).deliver(opened);
    expect(verified(secret)).toEqual(asDelivered(opened));
  });

  test("is not verified by another secret", async () => {
    await sinkWith({ secrets: [oldSecret] }).deliver(opened);
    expect(() => verified(newSecret)).toThrow("No matching signature");
  });

  test("has the same id on each attempt, and a time of its own", async () => {
    await sinkWith({ secrets: [], at: "2025-11-03T14:00:00.000Z" }).deliver(opened);
    await sinkWith({ secrets: [], at: "2025-11-03T15:00:00.000Z" }).deliver(opened);
    expect(new Set(heard("webhook-id")).size).toBe(1);
    expect(heard("webhook-timestamp")).toEqual(["1762178400", "1762182000"]);
  });

  test("has another id for another event, and for another sink", async () => {
    await sinkWith({ name: "one" }).deliver(opened);
    await sinkWith({ name: "one" }).deliver(updated);
    await sinkWith({ name: "two" }).deliver(opened);
    expect(new Set(heard("webhook-id")).size).toBe(3);
    expect(heard("webhook-id").join("")).not.toContain(".");
  });

  test("is not signed when there is no secret", async () => {
    await sinkWith({ secrets: [] }).deliver(opened);
    expect(heard("webhook-signature")).toEqual(["undefined"]);
  });

  test("is a CloudEvent when asked to be", async () => {
    await sinkWith({ secrets: [newSecret], format: "cloudevents" }).deliver(opened);
    expect(heard("content-type")).toEqual(["application/cloudevents+json"]);
    expect(verified(newSecret)).toEqual({
      specversion: "1.0",
      id: "evt_1",
      source: "/statuswire/discord",
      type: "statuswire.incident.opened",
      subject: "discord incident:inc_01",
      time: "2025-11-03T14:32:00.000Z",
      datacontenttype: "application/json",
      data: asDelivered(opened),
    });
  });
});

describe("a webhook on a network that may not be asked", () => {
  test("is given up at once", async () => {
    const guarded = createOutbound();
    await expect(sinkWith({ post: guarded.post }).deliver(opened)).rejects.toMatchObject({
      name: "PermanentError",
    });
    expect(place.received).toEqual([]);
    guarded.close();
  });
});

describe("a webhook's options", () => {
  test.each(["whsec_c2hvcnQ=", "c2VjcmV0", `whsec_${Buffer.alloc(65).toString("base64")}`])(
    "refuse %s as a secret",
    (secret) => {
      expect(kinds.webhook.options.safeParse({ url: "https://a.example", secrets: [secret] }).success).toBe(false);
    },
  );

  test.each(["webhook-id", "Webhook-Signature", "content-length", "Host"])("refuse the header %s", (header) => {
    const options = { url: "https://a.example", headers: { [header]: "x" } };
    expect(kinds.webhook.options.safeParse(options).success).toBe(false);
  });
});

interface Wanted {
  secrets?: string[];
  format?: "event" | "cloudevents";
  name?: string;
  at?: string;
  post?: Outbound["post"];
}

function sinkWith({ secrets = [], format = "event", name = "team", at, post }: Wanted): Sink {
  const now = () => (at === undefined ? new Date() : new Date(at));
  const url = new Secret(place.url);
  const options = { url, secrets: secrets.map((secret) => new Secret(secret)), format, headers: {} };
  return kinds.webhook.create(options, dependencies({ name, now, ...(post && { post }) }));
}

function verified(secret: string): unknown {
  const { body, headers } = place.received[0] as Received; // one was sent
  return new Webhook(secret).verify(body, headers);
}

function heard(header: string): string[] {
  return place.received.map(({ headers }) => String(headers[header]));
}
