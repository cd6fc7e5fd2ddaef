import { describe, expect, test } from "@jest/globals";
import { PayloadError } from "@statuswire/status";
import { xml, xmlOrJson } from "../src/xml.ts";

describe("XML", () => {
  test("is read with attributes, text beside them, CDATA and named characters", () => {
    const text = `\uFEFF<?xml version="1.0"?><a b="1">x&nbsp;&lt;y&gt;<![CDATA[ & <i>z</i>]]></a>`;
    expect(xml(text)).toMatchObject({ a: { "@b": "1", "#text": "x\u00a0<y> & <i>z</i>" } });
  });

  test("keeps digits as text, also beyond what a number holds", () => {
    expect(xml("<id>11738310674864064645</id>")).toEqual({ id: "11738310674864064645" });
  });

  test.each([
    ["nothing", ""],
    ["an HTML page", "<!doctype html><html><body>Log in</body></html>"],
    ["HTML that is no XML", "<html><head><meta charset='utf8'></head></html>"],
    ["an entity bomb", `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "lol">]><a>&b;</a>`],
    ["an external entity", `<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>`],
    ["an unclosed element", "<a><b></a>"],
    ["two roots", "<a>1</a><a>2</a>"],
    ["a name of a prototype", "<a><__proto__>x</__proto__></a>"],
    ["more levels than any feed has", "<a>".repeat(1000) + "</a>".repeat(1000)],
  ])("refuses %s", (_what, text) => {
    expect(() => xml(text)).toThrow(PayloadError);
  });
});

describe("XML or JSON", () => {
  test("is told by how it begins", () => {
    expect([xmlOrJson(" <a>1</a>"), xmlOrJson('\uFEFF{"a":1}')]).toEqual([{ a: "1" }, { a: 1 }]);
  });
});
