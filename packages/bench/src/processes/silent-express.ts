import { createServer, IncomingMessage, ServerResponse } from "node:http";
import express from "express";
import { serve } from "./serve.ts";

// What Express costs at its leanest: requests born with its prototypes, the body read by hand, and nothing kept.
const app = express();
app.disable("x-powered-by");
app.disable("etag");
app.set("query parser", false);
app.post("/webhooks/:provider", (req, res) => {
  const chunks: Buffer[] = [];
  req.on("data", (chunk: Buffer) => chunks.push(chunk));
  req.on("end", () => {
    res
      .writeHead(202, { "content-type": "application/json" })
      .end(`{"accepted":${Buffer.concat(chunks).length > 0}}`);
  });
});

class Request extends IncomingMessage {}
class Response<Message extends IncomingMessage> extends ServerResponse<Message> {}
Object.setPrototypeOf(Request.prototype, app.request);
Object.setPrototypeOf(Response.prototype, app.response);
Object.assign(app, { request: Request.prototype, response: Response.prototype });

serve(createServer({ IncomingMessage: Request, ServerResponse: Response }, app));
