import { describe, expect, test } from "@jest/globals";
import { PayloadError } from "@statuswire/status";
import { json, jsonp } from "../src/read.ts";

describe("JSON", () => {
  test("may begin with a byte order mark", () => {
    expect(json('\uFEFF{"a":1}')).toEqual({ a: 1 });
  });

  test("keeps the digits of whole numbers that are too long to be exact", () => {
    const text =
      '{"id":12345678901234567890,"list":[-9007199254740993,9007199254740991],"text":"12345678901234567890"}';
    expect(json(text)).toEqual({
      id: "12345678901234567890",
      list: ["-9007199254740993", 9007199254740991],
      text: "12345678901234567890",
    });
  });

  test("keeps them wherever they stand", () => {
    const places = Array.from({ length: 40 }, (_, place) => " ".repeat(place));
    expect(places.map((before) => json(`${before}9007199254740993`))).toEqual(
      places.map(() => "9007199254740993"),
    );
  });

  test("keeps them behind texts with quotes and backslashes in them", () => {
    for (const text of ['"', "\\", '\\"', '"\\', '\\\\"']) {
      const said = JSON.stringify({ text, id: "#" }).replace('"#"', "9007199254740993");
      expect(json(said)).toEqual({ text, id: "9007199254740993" });
    }
  });

  test("leaves fractions and powers numbers, however long", () => {
    expect(json("[0.12345678901234567890, 1e300]")).toEqual([0.12345678901234568, 1e300]);
  });

  test.each([
    ["nested too deep", `${"[".repeat(65)}${"]".repeat(65)}`],
    ["that ends too soon", '{"a":'],
    ["that is a page", "<html></html>"],
  ])("%s is refused", (_what, text) => {
    expect(() => json(text)).toThrow(PayloadError);
  });

  test("as deep as pages are is read, brackets in texts aside", () => {
    expect(json(`${"[".repeat(64)}${"]".repeat(64)}`)).toBeInstanceOf(Array);
    expect(json(JSON.stringify({ text: `\\"${"[".repeat(100)}` }))).toEqual({ text: `\\"${"[".repeat(100)}` });
  });
});

describe("a call around JSON", () => {
  test.each(['jsonCallback({"a":")"});', ' window.cb ( {"a":")"} ) ;\n', '{"a":")"}'])(
    "is taken off %j",
    (text) => {
      expect(jsonp(text)).toEqual({ a: ")" });
    },
  );

  test.each(["alert(1);alert(2)", 'f({"a":1}).then()', "f("])("is no more than a call: %j is refused", (text) => {
    expect(() => jsonp(text)).toThrow(PayloadError);
  });
});

describe("a call with megabytes of blanks behind it", () => {
  test("is read to its end, and refused for what stands there", () => {
    const blanks = " ".repeat(4_000_000);
    expect(jsonp(`f({})${blanks};`)).toEqual({});
    expect(() => jsonp(`f({})${blanks}x`)).toThrow(PayloadError);
  });
});
