import type { Format } from "./format.ts";
import { apple } from "./formats/apple.ts";
import { aws } from "./formats/aws.ts";
import { azure } from "./formats/azure.ts";
import { betterstack } from "./formats/betterstack.ts";
import { cachet } from "./formats/cachet.ts";
import { cstate } from "./formats/cstate.ts";
import { envelope } from "./formats/envelope.ts";
import { fedora } from "./formats/fedora.ts";
import { feed } from "./formats/feed.ts";
import { freshstatus } from "./formats/freshstatus.ts";
import { gatus } from "./formats/gatus.ts";
import { gcp, google, googleWorkspace } from "./formats/google.ts";
import { heroku } from "./formats/heroku.ts";
import { hund } from "./formats/hund.ts";
import { incidentio } from "./formats/incidentio.ts";
import { instatus } from "./formats/instatus.ts";
import { lambstatus } from "./formats/lambstatus.ts";
import { openstatus } from "./formats/openstatus.ts";
import { pagerduty } from "./formats/pagerduty.ts";
import { paypal } from "./formats/paypal.ts";
import { rootly } from "./formats/rootly.ts";
import { salesforce } from "./formats/salesforce.ts";
import { site24x7 } from "./formats/site24x7.ts";
import { slack } from "./formats/slack.ts";
import { sorry } from "./formats/sorry.ts";
import { statuscast } from "./formats/statuscast.ts";
import { statushub } from "./formats/statushub.ts";
import { statusio } from "./formats/statusio.ts";
import { statuspage } from "./formats/statuspage.ts";
import { statuspal } from "./formats/statuspal.ts";
import { stripe } from "./formats/stripe.ts";
import { upptime } from "./formats/upptime.ts";
import { uptimeKuma } from "./formats/uptime-kuma.ts";
import { uptimerobot } from "./formats/uptimerobot.ts";
import { yandex } from "./formats/yandex.ts";
import { zendesk } from "./formats/zendesk.ts";

/** Every format we know, by the name that a catalog or a configuration gives it. */
export const formats = {
  apple,
  aws,
  azure,
  betterstack,
  cachet,
  cstate,
  envelope,
  fedora,
  feed,
  freshstatus,
  gatus,
  gcp,
  google,
  "google-workspace": googleWorkspace,
  heroku,
  hund,
  incidentio,
  instatus,
  lambstatus,
  openstatus,
  pagerduty,
  paypal,
  rootly,
  salesforce,
  site24x7,
  slack,
  sorry,
  statuscast,
  statushub,
  statusio,
  statuspage,
  statuspal,
  stripe,
  upptime,
  "uptime-kuma": uptimeKuma,
  uptimerobot,
  yandex,
  zendesk,
} satisfies Record<string, Format>;
