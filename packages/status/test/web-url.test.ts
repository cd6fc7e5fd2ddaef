import { describe, expect, test } from "@jest/globals";
import { Incident, webUrl } from "../src/index.ts";

const incident = {
  id: "1",
  title: "Trouble",
  status: "investigating",
  impact: "minor",
  components: [],
  updates: [],
};

const notOfTheWeb = [
  "javascript:alert(1)",
  " javascript:alert(1)",
  "JAVASCRIPT://status.example.com/%0aalert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:x",
  "file:///etc/passwd",
  "//status.example.com",
  "/incidents/1",
  "https://",
  "",
];

describe("an address on the web", () => {
  test.each([
    "https://status.example.com/incidents/1",
    "HTTP://status.example.com",
    "https://status.example.com/störung",
  ])("is kept as it is: %s", (text) => {
    expect(webUrl(text)).toBe(text);
  });

  test.each([
    ["https://status.example.com/\u001b[2J", "https://status.example.com/%1B[2J"],
    ["https://status.example.com/\u202egpj", "https://status.example.com/%E2%80%AEgpj"],
  ])("is written so that a terminal shows it: %j", (text, written) => {
    expect(webUrl(text)).toBe(written);
  });
});

describe("what is no address on the web", () => {
  test.each(notOfTheWeb)("is none: %j", (text) => {
    expect(webUrl(text)).toBeUndefined();
  });

  test.each(notOfTheWeb)("is left out where it was stored as one: %j", (url) => {
    expect(Incident.parse({ ...incident, url })).toEqual(incident);
  });
});
