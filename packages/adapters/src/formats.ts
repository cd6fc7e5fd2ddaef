import type { Format } from "./format.ts";
import { apple } from "./formats/apple.ts";
import { aws } from "./formats/aws.ts";
import { azure } from "./formats/azure.ts";
import { envelope } from "./formats/envelope.ts";
import { feed } from "./formats/feed.ts";
import { gcp, google, googleWorkspace } from "./formats/google.ts";
import { heroku } from "./formats/heroku.ts";
import { incidentio } from "./formats/incidentio.ts";
import { salesforce } from "./formats/salesforce.ts";
import { slack } from "./formats/slack.ts";
import { statuspage } from "./formats/statuspage.ts";
import { yandex } from "./formats/yandex.ts";
import { zendesk } from "./formats/zendesk.ts";

/** Every format we know, by the name that a catalog or a configuration gives it. */
export const formats = {
  apple,
  aws,
  azure,
  envelope,
  feed,
  gcp,
  google,
  "google-workspace": googleWorkspace,
  heroku,
  incidentio,
  salesforce,
  slack,
  statuspage,
  yandex,
  zendesk,
} satisfies Record<string, Format>;
