import { describe, expect, test } from "@jest/globals";
import { webhookId } from "../src/index.ts";

describe("a webhook's id", () => {
  test("is the same for the same text", () => {
    expect(webhookId("acme", '{"a":"ö"}')).toBe(webhookId("acme", '{"a":"ö"}'));
  });

  test("is the same for a text and for its bytes", () => {
    expect(webhookId("acme", Buffer.from('{"a":"ö"}'))).toBe(webhookId("acme", '{"a":"ö"}'));
  });

  test.each([
    ["another body", webhookId("acme", "{} ")],
    ["another provider", webhookId("other", "{}")],
    ["the same text, parted elsewhere", webhookId("acme{", "}")],
  ])("differs with %s", (_what, id) => {
    expect(id).not.toBe(webhookId("acme", "{}"));
  });

  test("may be a job's: BullMQ takes no colon in one", () => {
    expect(webhookId("acme", "{}")).toMatch(/^webhook-acme-[0-9a-f]{32}$/);
  });
});
