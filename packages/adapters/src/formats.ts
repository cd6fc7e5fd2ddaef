import type { Format } from "./format.ts";
import { azure } from "./formats/azure.ts";
import { feed } from "./formats/feed.ts";
import { gcp, google, googleWorkspace } from "./formats/google.ts";
import { heroku } from "./formats/heroku.ts";
import { slack } from "./formats/slack.ts";
import { statuspage } from "./formats/statuspage.ts";

/** Every format we know, by the name that a catalog or a configuration gives it. */
export const formats = {
  azure,
  feed,
  gcp,
  google,
  "google-workspace": googleWorkspace,
  heroku,
  slack,
  statuspage,
} satisfies Record<string, Format>;
