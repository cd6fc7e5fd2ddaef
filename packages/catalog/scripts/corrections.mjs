// What a person knows better than the table. Each row says how it is known, unless it is a matter of spelling.

const known = {
  "alibaba-cloud": { aliases: ["Aliyun"] },
  "amazon-web-services": { aliases: ["AWS"] },
  anthropic: { aliases: ["Claude"], domains: ["claude.ai", "claude.com"] },
  azure: { aliases: ["Microsoft Azure"] },
  "broadcom-cloud-swg": { name: "Broadcom Cloud SWG" },
  codeship: { name: "CodeShip" },
  coreweave: { name: "CoreWeave" },
  "docker-hub": {
    aliases: ["Docker"],
    domains: ["docker.com", "docker.io"],
    // Two of the three that disagree have its Status.io page id.
    format: "statusio",
    ask: "https://www.dockerstatus.com/pages/533c6539221ae15e3f000031",
  },
  dynatrace: { name: "Dynatrace" },
  exoscale: { name: "Exoscale" },
  fauna: { defunct: "The service was shut down on 30 May 2025, as Fauna had announced." },
  filecoin: { name: "Filecoin" },
  // Google's dashboards, other than Cloud and Workspace, each have an incidents.json of their own (formats.md §5.1).
  "firebase-cloud-messaging": { format: "google", aliases: ["Firebase", "FCM"] },
  gitlab: { name: "GitLab" },
  "google-cloud": { aliases: ["GCP", "Google Cloud Platform"] },
  "google-search": { format: "google" },
  "google-workspace": { aliases: ["G Suite"] },
  hetzner: { name: "Hetzner" },
  "hugging-face-inference-endpoints": { aliases: ["Hugging Face"] },
  "ibm-cloud": { ask: "https://cloud.ibm.com/status/api/notifications/feed.rss" },
  meta: { aliases: ["Facebook", "Instagram", "WhatsApp"] },
  "mongodb-cloud": { aliases: ["MongoDB", "MongoDB Atlas"] },
  npm: { aliases: ["npmjs"] },
  "operation-status": { id: "e-boks", name: "e-Boks", aliases: ["operation-status"] },
  "oracle-cloud": { aliases: ["OCI", "Oracle Cloud Infrastructure"] },
  openai: { aliases: ["ChatGPT"], domains: ["chatgpt.com"] },
  ovhcloud: { id: "ovhcloud-us", name: "OVHcloud US" },
  "ovh-cloud": { id: "ovhcloud", name: "OVHcloud", aliases: ["ovh-cloud", "OVH"] },
  paypal: { format: "paypal" },
  prefect: { name: "Prefect" },
  "qualified-qualified-io": { id: "qualified-io", name: "Qualified.io", aliases: ["qualified-qualified-io"] },
  quay: { name: "Quay" },
  rackspace: { name: "Rackspace" },
  railway: { name: "Railway" },
  skype: { defunct: "Microsoft retired it on 5 May 2025 in favour of Teams.", movedTo: "microsoft-teams" },
  "sony-playstation": { aliases: ["PlayStation Network", "PSN"] },
  // Its own /current has been frozen since 2024-02-09 (docs/formats/vendors.md).
  stripe: { format: "statuspage", ask: "https://www.stripestatus.com" },
  statuscast: { name: "StatusCast" },
  "sumo-logic": { name: "Sumo Logic" },
  "twitter-api": { aliases: ["X API", "Twitter"] },
  // The feed's address is not in the evidence, and the format needs it.
  xai: { format: undefined, aliases: ["Grok"] },
  "yandex-cloud": { format: "yandex", why: "its own API (formats.md §5.7)" },
  zendesk: { format: "zendesk" },
};

export function corrections(services) {
  const ids = new Set(services.map(({ id }) => id));
  const missing = Object.keys(known).filter((id) => !ids.has(id));
  if (missing.length > 0)
    throw new Error(`A correction is for a service that is not there: ${missing.join(", ")}`);
  return services.map((service) => corrected(service, known[service.id] ?? {}));
}

function corrected(service, { aliases = [], domains = [], ...rest }) {
  return {
    ...service,
    ...rest,
    aliases: [...new Set([...service.aliases, ...aliases])],
    domains: [...new Set([...service.domains, ...domains])],
  };
}
