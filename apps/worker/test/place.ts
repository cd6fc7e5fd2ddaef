import { text } from "node:stream/consumers";
import { type LocalServer, serve } from "@statuswire/testing";

/** What was posted to a place. */
export interface Post {
  headers: Record<string, string>;
  body: string;
}

export interface Place extends LocalServer {
  posts: Post[];
  /** From now on it answers with this status; 0: never. */
  answer(status: number): void;
}

/** A place of our own that webhooks go to. It takes everything, until it is told otherwise. */
export async function openPlace(): Promise<Place> {
  const posts: Post[] = [];
  let status = 200;
  const server = await serve(async (request, response) => {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([key, value]) => [key, String(value)]),
    );
    posts.push({ headers, body: await text(request) });
    if (status !== 0) response.writeHead(status).end();
  });
  return { ...server, posts, answer: (given) => void (status = given) };
}
