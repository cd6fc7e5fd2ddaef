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

  test("is the same for the same delivery of the same text", () => {
    expect(webhookId("acme", Buffer.from("{}"), "msg-1")).toBe(webhookId("acme", "{}", "msg-1"));
  });

  test.each([
    ["another name", webhookId("acme", "{}", "msg-2")],
    ["another body", webhookId("acme", "{} ", "msg-1")],
    ["no name", webhookId("acme", "{}")],
  ])("differs for a delivery with %s", (_what, id) => {
    expect(id).not.toBe(webhookId("acme", "{}", "msg-1"));
  });

  test("may be a job's: BullMQ takes no colon in one", () => {
    expect(webhookId("acme", "{}")).toMatch(/^webhook-acme-[0-9a-f]{32}$/);
  });
});
