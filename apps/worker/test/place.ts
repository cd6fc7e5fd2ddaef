import type { ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { type LocalServer, serve } from "@statuswire/testing";

/** What was posted to a place. */
interface Post {
  /** What it answered; 0: nothing. */
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface Place extends LocalServer {
  posts: Post[];
  /** From now on it answers with this status; 0: never. Who waited for an answer until then gets none. */
  answer(status: number): void;
}

/** A place of our own that webhooks go to. It takes everything, until it is told otherwise. */
export async function openPlace(): Promise<Place> {
  const posts: Post[] = [];
  const waiting: ServerResponse[] = [];
  let status = 200;
  const server = await serve(async (request, response) => {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([key, value]) => [key, String(value)]),
    );
    const body = await text(request);
    posts.push({ status, headers, body });
    if (status === 0) waiting.push(response);
    else response.writeHead(status).end();
  });
  function answer(given: number): void {
    status = given;
    for (const response of waiting.splice(0)) response.destroy();
  }
  return { ...server, posts, answer };
}
