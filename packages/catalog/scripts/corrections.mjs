// What a person knows better than the table.

const known = {
  "amazon-web-services": { aliases: ["AWS"] },
  gitlab: { name: "GitLab" },
  "google-cloud": { aliases: ["GCP", "Google Cloud Platform"] },
  azure: { aliases: ["Microsoft Azure"] },
  anthropic: { aliases: ["Claude"] },
  openai: { aliases: ["ChatGPT"], domains: ["chatgpt.com"] },
  paypal: { format: "paypal" },
  stripe: { format: "stripe" },
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
