import { type Event, oneLine, PermanentError, subjectOf } from "@statuswire/status";
import { z } from "zod";
import { codePoints, cut } from "../cut.ts";
import { html, plain } from "../escape.ts";
import { layOut, type Style } from "../layout.ts";
import { message, type Message } from "../message.ts";
import { secretText } from "../options.ts";
import { defineKind } from "../sink.ts";
import { digest } from "../digest.ts";

const Options = z.strictObject({
  host: z.hostname().describe("The mail server that takes mail from you"),
  port: z.int().min(1).max(65_535).default(587),
  tls: z
    .enum(["starttls", "implicit", "none"])
    .default("starttls")
    .describe("starttls: port 587; implicit: port 465; none: only within your own network"),
  user: z.string().optional(),
  password: secretText.optional(),
  from: z.email().describe("The sender's address"),
  to: z.array(z.email()).min(1).describe("Who gets the mail"),
});
type Options = z.output<typeof Options>;

/** Mail over SMTP, in one thread per incident. */
export const email = defineKind({
  kind: "email",
  audience: "people",
  patience: "hours",
  options: Options,
  create(options, { name, pageOf }) {
    let opened: ReturnType<typeof open> | undefined;
    const { to } = options;
    const from = { name: "Statuswire", address: options.from };
    const host = options.from.split("@")[1] ?? options.host;
    return {
      async deliver(event) {
        const news = message(event, { page: pageOf?.(event) });
        const mail = { subject: subject(event, news), ...threading(event, name, host), ...content(news) };
        const transport = await (opened ??= open(options));
        const sent = await transport.sendMail({ from, to, ...mail }).catch((error: unknown) => {
          throw refusal(error);
        });
        if (sent.rejected.length > 0) throw partlyRefused(sent.rejected.length, to.length);
      },
      preview(event) {
        const news = message(event, { page: pageOf?.(event) });
        return `To: ${to.join(", ")}\nSubject: ${subject(event, news)}\n\n${layOut(news, words)}`;
      },
      close: async () => (await opened)?.close(),
    };
  },
});

// Loaded only where there is mail to send: every process knows every kind of sink.
async function open({ host, port, tls, user, password }: Options) {
  const { default: nodemailer } = await import("nodemailer");
  return nodemailer.createTransport({
    pool: true,
    maxConnections: 3,
    host,
    port,
    secure: tls === "implicit",
    requireTLS: tls === "starttls",
    ignoreTLS: tls === "none",
    ...(user !== undefined && { auth: { user, pass: password?.reveal() ?? "" } }),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 15_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

// The thread's root is a message that nobody sent: so no mail need come first, and none be remembered.
function threading(event: Event, sink: string, host: string) {
  const root = `<${digest(subjectOf(event), sink)}@${host}>`;
  return { messageId: `<${digest(event.id, sink)}@${host}>`, inReplyTo: root, references: root };
}

const words: Style = {
  escape: plain,
  strong: plain,
  link: (label, url) => `${label}: ${url}`,
  limit: 20_000,
  measure: codePoints,
};

const markup: Style = {
  ...words,
  escape: html,
  strong: (text) => `<b>${text}</b>`,
  link: (label, url) => `<a href="${html(url)}">${label}</a>`,
};

// Mail programs thread by subject too: it says nothing that changes while the incident goes on.
function subject({ provider, component }: Event, { title = component?.name }: Message): string {
  return cut(`[${provider}] ${oneLine(title ?? "Status page")}`, 180);
}

function content(news: Message) {
  return {
    text: layOut(news, words),
    html: `<p>${layOut(news, markup).replaceAll("\n", "<br>\n")}</p>`,
    headers: { "Auto-Submitted": "auto-generated" },
  };
}

// RFC 5321: 5yz will not change by itself, 4yz may. What the server wrote may name an account, and stays out.
function refusal(error: unknown): Error {
  const { responseCode, code } = Failure.parse(error);
  if (code === "EAUTH")
    return new PermanentError("The mail server does not take the user and password; check both.");
  if (responseCode === undefined) return new Error(`The mail server cannot be reached (${code ?? "no code"}).`);
  const text = `The mail server refuses the mail (${responseCode})`;
  return responseCode >= 500
    ? new PermanentError(`${text}; check "from" and "to".`)
    : new Error(`${text} for now.`);
}

// To send it again would double it for those who have it.
function partlyRefused(refused: number, all: number): PermanentError {
  return new PermanentError(`The mail server refuses ${refused} of ${all} addresses; check "to".`);
}

const Failure = z
  .object({ responseCode: z.int().optional().catch(undefined), code: z.string().optional().catch(undefined) })
  .catch({ responseCode: undefined, code: undefined });
