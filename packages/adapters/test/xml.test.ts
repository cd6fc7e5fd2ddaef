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
    ["types declared behind a comment", `<!-- <a> --><!DOCTYPE a [<!ENTITY b "lol">]><a>&b;</a>`],
    ["types declared behind an instruction", `<?a <a> ?><!doctype a [<!ENTITY b "lol">]><a>&b;</a>`],
    ["types declared within the root", `<a><!DOCTYPE a [<!ENTITY b "lol">]>&b;</a>`],
    [
      "types declared where a parser may see a comment",
      `<a b="<!--"><!DOCTYPE a [<!ENTITY b "lol">]>&b;</a><!-- -->`,
    ],
    ["an unclosed element", "<a><b></a>"],
    ["two roots", "<a>1</a><a>2</a>"],
    ["a name of a prototype", "<a><__proto__>x</__proto__></a>"],
    ["more levels than any feed has", "<a>".repeat(1000) + "</a>".repeat(1000)],
  ])("refuses %s", (_what, text) => {
    expect(() => xml(text)).toThrow(PayloadError);
  });

  test.each([
    ["elements", `<a>${"<b/>".repeat(500_000)}</a>`, "too many elements"],
    [
      "attributes",
      `<a ${Array.from({ length: 60_000 }, (_, nth) => `b${nth} = '1'`).join(" ")}/>`,
      "too many elements",
    ],
    ["comments", `<a>${"<!---->".repeat(60_000)}</a>`, "too many elements"],
    ["instructions", `<a>${"<?b?>".repeat(60_000)}</a>`, "too many elements"],
    ["references", `<a>${"&#65;".repeat(200_000)}</a>`, "too many character references"],
    ["text", `<a>${"x".repeat(2_400_000)}</a>`, "too long"],
  ])("refuses more %s than can be read while others wait", (_what, text, why) => {
    expect(() => xml(text)).toThrow(why);
  });

  test("reads a feed of many times the usual length", () => {
    const entry = `<entry id="1"><title>Slow</title><content>${"&lt;p&gt;x".repeat(10)}</content></entry>`;
    expect(xml(`<feed>${entry.repeat(4000)}</feed>`)).toMatchObject({ feed: { entry: { length: 4000 } } });
  });
});

describe("XML or JSON", () => {
  test("is told by how it begins", () => {
    expect([xmlOrJson(" <a>1</a>"), xmlOrJson('\uFEFF{"a":1}')]).toEqual([{ a: "1" }, { a: 1 }]);
  });
});
