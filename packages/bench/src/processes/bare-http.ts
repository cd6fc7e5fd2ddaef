import { createServer } from "node:http";
import { serve } from "./serve.ts";

// Reads and answers: all that Node's own server can do, and so a measure of the load's generator.
serve(
  createServer((request, response) => {
    request.resume().on("end", () => response.writeHead(202).end("{}"));
  }),
);
