import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { Key, Scope } from "./credentials.ts";

/** A visitor who has logged in. */
export interface Session {
  id: string;
  /** Epoch ms. */
  until: number;
  scope: Scope;
}

const lastsMs = 7 * 86_400_000;

const Content = z.object({ id: z.uuid(), until: z.int() });

/** A session that a key has opened, and the text that proves it. */
export function openSession({ scope, signing }: Key, now: number): { session: Session; text: string } {
  const session = { id: randomUUID(), until: now + lastsMs };
  const content = Buffer.from(JSON.stringify(session)).toString("base64url");
  return { session: { ...session, scope }, text: `${content}.${sign(content, signing).toString("base64url")}` };
}

/** The session that a text proves; undefined when no key has signed it, or its time is over. */
export function readSession(text: string, keys: readonly Key[], now: number): Session | undefined {
  const [content = "", signature = ""] = text.split(".");
  const given = Buffer.from(signature, "base64url");
  const key = keys.find(({ signing }) => isSame(sign(content, signing), given));
  if (!key) return undefined;
  const session = Content.parse(JSON.parse(Buffer.from(content, "base64url").toString()));
  return session.until > now ? { ...session, scope: key.scope } : undefined;
}

function sign(content: string, key: Buffer): Buffer {
  return createHmac("sha256", key).update(content).digest();
}

function isSame(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
