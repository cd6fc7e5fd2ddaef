import ipaddr from "ipaddr.js";

// Everything that IANA has given out so far; the rest of IPv6 embeds, tunnels or is not routed.
const globalUnicast = ipaddr.parseCIDR("2000::/3");

const ownRanges = new Set(["loopback", "private", "uniqueLocal", "carrierGradeNat"]);

// Where clouds keep their credentials inside ranges that are otherwise one's own: AWS, Google, Alibaba.
const metadata = ["fd00:ec2::254/128", "fd20:ce::254/128", "100.100.100.200/32"].map(toNetwork);

export type Network = ReturnType<typeof ipaddr.parseCIDR>;

/** An address, or a block in CIDR notation, as a network. */
export function toNetwork(text: string): Network {
  if (text.includes("/")) return ipaddr.parseCIDR(text);
  const address = ipaddr.process(text);
  return [address, address.kind() === "ipv4" ? 32 : 128];
}

/** Whether an address is of the public internet, and embeds no other (NAT64, 6to4, Teredo, v4 in v6). */
export function isPublic(text: string): boolean {
  const address = ipaddr.process(text);
  if (address.range() !== "unicast") return false;
  return address.kind() === "ipv4" || address.match(globalUnicast);
}

/** Whether an address is of one's own networks. Link-local addresses and clouds' metadata are not. */
export function isOwn(text: string): boolean {
  return ownRanges.has(ipaddr.process(text).range()) && !isWithin(metadata, text);
}

/** Whether one of the networks holds the address. */
export function isWithin(networks: readonly Network[], text: string): boolean {
  const address = ipaddr.process(text);
  return networks.some(([base, bits]) => base.kind() === address.kind() && address.match(base, bits));
}
