import { once } from "node:events";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { simpleParser, type ParsedMail } from "mailparser";
import { SMTPServer } from "smtp-server";
import { kinds, Secret, type Sink } from "../src/index.ts";
import { hostile, opened, resolved, story } from "./events.ts";
import { golden } from "./golden.ts";
import { dependencies } from "./world.ts";

let mails: string[];
let server: SMTPServer;
let port: number;
let refuses: number | undefined;
let sink: Sink;

beforeEach(async () => {
  mails = [];
  refuses = undefined;
  server = new SMTPServer({
    hideSTARTTLS: true,
    authOptional: true,
    allowInsecureAuth: true,
    onAuth: ({ password }, _session, callback) =>
      password === "right" ? callback(null, { user: "me" }) : callback(new Error("Authentication failed")),
    onRcptTo: ({ address }, _session, callback) =>
      address.startsWith("nobody") ? callback(failure(550)) : callback(),
    onData(stream, _session, callback) {
      void text(stream).then((mail) => {
        if (refuses !== undefined) return callback(failure(refuses));
        mails.push(mail);
        callback();
      });
    },
  });
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const address = listening.address();
  port = typeof address === "object" && address ? address.port : 0;
  sink = sinkTo(["ops@acme.dev"]);
});

afterEach(async () => {
  await sink.close?.();
  await new Promise<void>((resolve) => server.close(resolve));
});

describe("mail about an incident", () => {
  test("is one thread, each mail with an id of its own", async () => {
    await sink.deliver(opened);
    await sink.deliver(resolved);
    const [first, second] = await parsed();
    expect(first?.messageId).not.toBe(second?.messageId);
    expect(first?.subject).toBe(second?.subject);
    expect(first?.inReplyTo).toBe(second?.inReplyTo);
    expect(first?.references).toEqual(first?.inReplyTo);
  });

  test("is the same mail when it is sent again", async () => {
    await sink.deliver(opened);
    await sink.deliver(opened);
    const [first, second] = await parsed();
    expect(first?.messageId).toBe(second?.messageId);
  });

  test("is as it was agreed", async () => {
    for (const event of Object.values(story)) await sink.deliver(event);
    const shown = (await parsed()).map(
      ({ subject, text, html }) => `Subject: ${subject}\n\n${text}\n\n${String(html)}\n`,
    );
    for (const [index, title] of Object.keys(story).entries())
      expect(shown[index]).toBe(await golden(`email/${title}.txt`, shown[index] ?? ""));
  });

  test("can't be given headers, recipients or markup by a vendor", async () => {
    await sink.deliver(hostile);
    const [mail] = await parsed();
    expect(mail?.headers.has("x-injected")).toBe(false);
    expect(mail?.bcc).toBeUndefined();
    expect(String(mail?.html).replace(/<\/?[bp]>|<br>|<a href="https:[^<>"]*">|<\/a>/g, "")).not.toMatch(/[<>]/);
  });
});

describe("a mail server that", () => {
  test.each([
    ["refuses for good", 554, "PermanentError"],
    ["refuses for now", 451, "Error"],
  ])("%s (%i)", async (_what, code, name) => {
    refuses = code;
    await expect(sink.deliver(opened)).rejects.toMatchObject({ name });
  });

  test("knows one of the addresses not is told of as a failure that stays", async () => {
    sink = sinkTo(["ops@acme.dev", "nobody@acme.dev"]);
    await expect(sink.deliver(opened)).rejects.toThrow('The mail server refuses 1 of 2 addresses; check "to".');
    expect(mails).toHaveLength(1);
  });

  test("does not take the password is not asked again, nor the password told", async () => {
    sink = sinkTo(["ops@acme.dev"], { user: "me", password: new Secret("s3cr3t") });
    const failed = sink.deliver(opened);
    await expect(failed).rejects.toMatchObject({ name: "PermanentError" });
    await expect(failed).rejects.toThrow(/^(?!.*s3cr3t)/);
  });

  test("has no TLS is not given the mail when TLS is asked for", async () => {
    sink = sinkTo(["ops@acme.dev"], { tls: "starttls" });
    await expect(sink.deliver(opened)).rejects.toThrow(/mail server/);
    expect(mails).toEqual([]);
  });

  test("is not there is asked again later", async () => {
    await new Promise<void>((resolve) => server.close(resolve));
    await expect(sink.deliver(opened)).rejects.toMatchObject({ name: "Error", message: /cannot be reached/ });
  });
});

type Options = Parameters<typeof kinds.email.create>[0];

function sinkTo(to: string[], more: Partial<Options> = {}): Sink {
  const options = { host: "127.0.0.1", port, tls: "none", from: "status@acme.dev", to, ...more } as const;
  return kinds.email.create(options, dependencies());
}

function parsed(): Promise<ParsedMail[]> {
  return Promise.all(mails.map((mail) => simpleParser(mail)));
}

function failure(responseCode: number): Error {
  return Object.assign(new Error("no"), { responseCode });
}
