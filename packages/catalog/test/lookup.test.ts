import { describe, expect, test } from "@jest/globals";
import { findService, serviceAt, serviceLike, serviceNamed, servicesOn } from "../src/index.ts";

describe("a service is found by", () => {
  test.each([
    ["its id", "amazon-web-services"],
    ["its name", "Amazon Web Services"],
    ["its name in other case", "amazon  WEB services"],
    ["its name with accents", "Ámazon Web Sèrvices"],
    ["an alias", "AWS"],
    ["its domain", "aws.amazon.com"],
    ["an API host", "s3.eu-central-1.amazonaws.com"],
    ["a URL on its API host", "https://sqs.us-east-1.amazonaws.com/123/queue"],
    ["its page", "https://health.aws.amazon.com"],
    ["something on its page", "https://health.aws.amazon.com/health/status#open"],
  ])("%s", (_how, text) => {
    expect(findService(text)?.id).toBe("amazon-web-services");
  });

  test("the id that another list gave it", () => {
    expect(serviceNamed("discord-discord-com")?.id).toBe("discord");
  });
});

describe("no service is found", () => {
  test.each([["nobody-knows-this"], [""], ["constructor"], ["__proto__"], ["https://"], ["com"], ["*"]])(
    "for %j",
    (text) => {
      expect(serviceNamed(text)).toBeUndefined();
      expect(serviceAt(text)).toBeUndefined();
    },
  );
});

describe("a status page's URL", () => {
  test.each([
    ["https://discordstatus.com", "discord"],
    ["http://www.discordstatus.com/", "discord"],
    ["https://discordstatus.com/incidents/abc?x=1", "discord"],
    ["https://status.discordapp.com", "discord"],
    ["https://www.apple.com/support/systemstatus/", "apple"],
    ["https://status.cloud.google.com/maps-platform/incidents", "google-maps-platform"],
    ["https://status.cloud.google.com/summary", "google-cloud"],
  ])("%s belongs to %s", (url, id) => {
    expect(serviceAt(url)?.id).toBe(id);
  });

  test.each([
    ["on another port", "https://discordstatus.com:8443"],
    ["that only begins like a known path", "https://www.apple.com/support/systemstatusphere"],
    ["above the known path", "https://www.apple.com/support"],
    ["of another host's name", "https://discordstatus.com.evil.example"],
  ])("%s belongs to nobody", (_what, url) => {
    expect(serviceAt(url)).toBeUndefined();
  });
});

describe("a domain", () => {
  test("belongs to the closest owner first", () => {
    expect(servicesOn("bigquery.googleapis.com")[0]?.id).toBe("google-cloud");
    expect(servicesOn("platform.openai.com").map(({ id }) => id)).toEqual(["openai"]);
  });

  test("is looked up by a glob of many stars without trying every place for each", () => {
    expect(servicesOn(`${"*".repeat(30)}!`)).toEqual([]);
  });

  test.each([["stripe.com"], ["www.stripe.com"], ["API.Stripe.com"], ["*.stripe.com"], ["*stripe.com"]])(
    "may be given as %s",
    (domain) => {
      expect(servicesOn(domain).map(({ id }) => id)).toContain("stripe");
    },
  );

  test("of the same ending is another", () => {
    expect(servicesOn("notstripe.com").map(({ id }) => id)).not.toContain("stripe");
    expect(servicesOn("*.notstripe.com")).toEqual([]);
  });

  test("may have several services, the most mentioned first", () => {
    const owners = servicesOn("smartbear.com");
    expect(owners.length).toBeGreaterThan(1);
    expect(owners).toEqual(owners.toSorted((a, b) => b.mentions - a.mentions));
  });
});

describe("a typo", () => {
  test.each([
    ["githb", "github"],
    ["opnai", "openai"],
    ["discrod", "discord"],
    ["Clouflare", "cloudflare"],
    ["amazon web servces", "amazon-web-services"],
  ])("such as %s means %s", (typo, id) => {
    expect(serviceLike(typo)?.id).toBe(id);
  });

  test("too far from everything means nothing", () => {
    expect(serviceLike("qqqqqqqqqqqq")).toBeUndefined();
  });
});
