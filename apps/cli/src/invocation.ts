import { basename } from "node:path";

/**
 * How a person calls this program, for hints that can be copied: by its name where it is installed on the PATH, as in the
 * container images, else through npm, from the checkout.
 */
export const invocation =
  basename(process.argv[1] ?? "") === "statuswire" ? "statuswire" : "npm run -s statuswire --";
