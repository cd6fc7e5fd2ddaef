/** What BullMQ recommends, and the oldest that has all the commands we use. */
export const oldestVersion = "6.2.0";

/** The version in what `redis-server --version` or `valkey-server --version` prints, such as "7.0.15". */
export function readVersion(printed: string): string | undefined {
  return /\bserver v=(\d+\.\d+\.\d+)/i.exec(printed)?.[1];
}

/** Whether a version such as "7.0.15" is recent enough. */
export function isSupported(version: string): boolean {
  return version.localeCompare(oldestVersion, "en", { numeric: true }) >= 0;
}
