import { type Certificates, tlsSettings } from "./certificates.ts";

/** What servers demand of whoever connects, each other included: TLS, and a password. */
export interface Guard {
  certificates: Certificates;
  /** Of the user `default`, who sets them up, and as whom they speak to each other. */
  password: string;
  /** ACL rules of a user of the Redis servers, such as `["statuswire", "on", ">secret", "+@all"]`. */
  user: readonly string[];
  /** ACL rules of a user of the sentinels. */
  sentinelUser: readonly string[];
}

/** The settings of a server that is so guarded, on a port. */
export function guardSettings(port: number, { certificates, password, user }: Guard): string[] {
  return [
    ...tlsSettings(port, certificates),
    ...["--tls-replication", "yes", "--tls-cluster", "yes"],
    ...["--requirepass", password, "--masterauth", password, "--user", ...user],
  ];
}

/** What stands in a sentinel's file besides, so that it may speak to the servers and to other sentinels. */
export function sentinelLines(master: string, { password }: Guard): string[] {
  return [`sentinel auth-pass ${master} ${password}`, `sentinel sentinel-pass ${password}`];
}
