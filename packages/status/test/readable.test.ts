import { describe, expect, test } from "@jest/globals";
import { oneLine, readable } from "../src/index.ts";

describe("readable text", () => {
  test.each([
    ["paragraphs", "<p>We are <b>looking</b>.</p><p>More soon.</p>", "We are looking. More soon."],
    ["line breaks", "One.<br />Two.", "One. Two."],
    ["lists", "<ul><li>API</li><li>Web</li></ul>", "- API - Web"],
    ["numbered lists", "<ol><li>API</li><li>Web</li></ol>", "1. API 2. Web"],
    ["tables", "<table><tr><td>API</td><td>down</td></tr></table>", "API down"],
    ["headings", "<h3>Update</h3>All is well", "Update All is well"],
    ["links", 'See <a href="https://acme.test">our page</a>.', "See our page."],
    [
      "Statuspage's dates",
      "<var data-var='date'>Nov 3</var>, <var data-var='time'>14:32</var> UTC",
      "Nov 3, 14:32 UTC",
    ],
    ["entities", "Fish &amp; chips &#39;n&#x27; more&nbsp;&lt;now&gt;", "Fish & chips 'n' more <now>"],
    ["comments", "Fine<!-- or is it? -->.", "Fine."],
    ["scripts and styles", "<style>p{}</style><script>alert(1)</script><p>Fine</p>", "Fine"],
  ])("is made of HTML's %s", (_what, body, text) => {
    expect(readable(body)).toBe(text);
  });

  test.each([
    ["links", "See [our page](https://acme.test/a_b).", "See our page."],
    ["images", "![chart](https://acme.test/c.png) Fine", "chart Fine"],
    ["headings", "## Update\n\nFine & well", "Update Fine & well"],
    ["headings beside entities", "Fine\n# Next\nFish &amp; chips", "Fine Next Fish & chips"],
    ["bold", "**Update:** fine **now**.", "Update: fine now."],
    ["code", "Use `curl` instead", "Use curl instead"],
    ["paragraphs", "One.\r\n\r\nTwo.\n", "One. Two."],
  ])("is made of Markdown's %s", (_what, body, text) => {
    expect(readable(body)).toBe(text);
  });

  test.each([
    "a < b && c > d",
    "if a<b and c>d",
    "Map<String> and List<your-type>",
    "<https://acme.test>",
    "snake_case __init__ _x_",
    "2*3*4 and 2**3**4",
    "AT&T; R&D",
    "#1 [of] (2)",
    "👩‍💻 فارسی 日本語",
  ])("leaves plain words as they are: %s", (words) => {
    expect(readable(words)).toBe(words);
  });

  test("keeps what looks like elements beside entities", () => {
    expect(readable("Map<String> &amp; List<T>")).toBe("Map<String> & List<T>");
  });

  test("is empty where nothing was said", () => {
    expect([readable(""), readable(" \n "), readable("<p></p>")]).toEqual(["", "", ""]);
  });

  test.each([
    ["a colour for terminals", "\u001b[31mred\u001b[0m alert\u0007", "red alert"],
    ["what turns the direction", "abc\u202edcba\u2066x\u061c", "abcdcbax"],
    ["what cannot be seen", "a\u200bb\ufeffc\u00add\u2060e", "abcde"],
    ["all kinds of line breaks", "a\r\nb\u2028c\u2029d\u0085e\u000bf", "a b c d e f"],
    ["half a character", "a \ud800 b", "a b"],
    ["what entities smuggle in", "<p>a&#27;[2Jb&#x202e;c</p>", "abc"],
  ])("has lost %s", (_what, body, text) => {
    expect(readable(body)).toBe(text);
  });

  test("is never long: what is hostile grows no longer than it came", () => {
    const lengths = ["<hr>", "<p>x</p>", "&amp;", "<li>", "word "].map(
      (one) => readable(one.repeat(50_000)).length,
    );
    expect(Math.max(...lengths)).toBeLessThanOrEqual(64 * 1024);
  });
});

describe("hostile text of megabytes", () => {
  const megabytes = (piece: string) => piece.repeat(Math.ceil(4_000_000 / piece.length));

  test.each([
    ..."<a|<p |<p a|<p a=|<p a= |<!--|[|[a](|[a](x|![|**a|**|*|`|`a|#|# |&|&a|&amp;|<br>|<hr>|\n| ".split("|"),
    ..."<div>|<b>|<ul><li>|<table><tr><td>|<blockquote>|<p>x</p>|</p>|\u001b[0|\u001b[|\u009b;".split("|"),
  ])("is read in one go: %j", (piece) => {
    expect(readable(`x ${megabytes(piece)}`).length).toBeLessThan(100_000);
  });

  test.each([" ", "\n", "\u001b[0", "\u009b;", "\u200b", "a "])("is one line in one go: %j", (piece) => {
    expect(oneLine(megabytes(piece))).not.toMatch(/[\n\u001b]/);
  });
});
