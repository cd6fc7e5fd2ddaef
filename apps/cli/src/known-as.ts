import { serviceAt, serviceNamed, servicesOn, type Service } from "@statuswire/catalog";
import { addressIn } from "./look-at.ts";

/**
 * The catalog's service that a text plainly means: an id, a name or an alias, a status page's address, or a service's own
 * domain. Not a host below such a domain: `status.build.github.com` is nobody's that we know.
 */
export function knownAs(text: string): Service | undefined {
  const address = addressIn(text);
  return serviceNamed(text) ?? (address && (serviceAt(address.href) ?? ownerOf(address)));
}

function ownerOf({ hostname, pathname }: URL): Service | undefined {
  const domain = hostname.replace(/^www\./, "");
  return pathname === "/" ? servicesOn(domain).find(({ domains }) => domains.includes(domain)) : undefined;
}
