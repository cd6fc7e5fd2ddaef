import { z } from "zod";
import type { Environment } from "./environment.ts";
import type { Issue } from "./problems.ts";

const rule =
  "The public URL is where browsers open the dashboard: a scheme and a host, such as https://status.example.org, without a path, query or password.";

/** The address of the dashboard as people open it. */
export const PublicUrl = z
  .string()
  .regex(/^https?:\/\/[^/?#@\s]+\/?$/i, { error: rule, abort: true })
  .refine(isOrigin, rule);

/** The name of the environment variable that takes precedence over the file. */
const variable = "PUBLIC_URL";

interface Checked {
  publicUrl: string | undefined;
  issues: Issue[];
}

/** The address of the dashboard, without a slash at its end: as the environment says, else as the file says. */
export function checkPublicUrl(written: unknown, env: Environment): Checked {
  const said = env[variable]?.trim();
  // What is wrong in the file, the file's own schema reports.
  if (!said) return { publicUrl: originIn(written), issues: [] };
  const publicUrl = originIn(said);
  const message = `The environment variable ${variable} says "${withoutPassword(said)}". ${rule}`;
  return { publicUrl, issues: publicUrl === undefined ? [{ path: [], message, isSecret: true }] : [] };
}

function originIn(value: unknown): string | undefined {
  const parsed = PublicUrl.safeParse(value);
  return parsed.success ? new URL(parsed.data).origin : undefined;
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, origin, href } = new URL(text);
  return /^https?:$/.test(protocol) && href === `${origin}/`;
}

function withoutPassword(text: string): string {
  return text.replace(/\/\/[^/@]*@/, "//…@");
}
