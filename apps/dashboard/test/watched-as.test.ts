import { describe, expect, test } from "@jest/globals";
import { watchedAs } from "../web/watched-as.ts";

const watched = [
  { id: "openai", name: "OpenAI", page: "https://status.openai.com" },
  { id: "ours", name: "Our Acme", page: "https://www.acme.test/status/?region=eu" },
  { id: "nameless", name: "Nameless" },
];

describe("a service", () => {
  test.each([
    ["under its id", { id: "openai", page: "https://elsewhere.test" }, "openai"],
    ["by its page's address", { id: "openai-api", page: "https://status.openai.com/" }, "openai"],
    ["by an address that is written otherwise", { page: "http://acme.test/status?region=eu" }, "ours"],
  ])("is known to be watched %s", (_how, service, id) => {
    expect(watchedAs(service, watched)?.id).toBe(id);
  });

  test.each([
    ["another's", { id: "acme", page: "https://status.acme.test" }],
    ["another part of the same page", { page: "https://acme.test/status?region=us" }],
    ["no address", { page: "nonsense" }],
  ])("is not watched when its page is %s", (_why, service) => {
    expect(watchedAs(service, watched)).toBeUndefined();
  });
});
