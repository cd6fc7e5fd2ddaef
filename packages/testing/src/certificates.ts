import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/** Files in PEM. */
export interface Certificates {
  /** Who vouches for the server. */
  ca: string;
  cert: string;
  key: string;
}

/** Makes a certificate for 127.0.0.1, and an authority of our own that vouches for it, in a folder. Needs openssl. */
export async function makeCertificates(folder: string): Promise<Certificates> {
  const openssl = (...args: string[]) => promisify(execFile)("openssl", args, { cwd: folder });
  const fresh = ["req", "-newkey", "rsa:2048", "-nodes"];
  const file = (name: string) => join(folder, name);
  await writeFile(file("names"), "subjectAltName=IP:127.0.0.1");
  const own = ["-keyout", "ca.key", "-out", "ca.crt", "-subj", "/CN=Our own CA"];
  await openssl(...fresh, "-x509", "-days", "2", ...own);
  await openssl(...fresh, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=redis");
  const signed = ["-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "names"];
  await openssl("x509", "-req", "-in", "server.csr", "-out", "server.crt", "-days", "2", ...signed);
  return { ca: file("ca.crt"), cert: file("server.crt"), key: file("server.key") };
}

/** A Redis server's settings for speaking TLS on a port. */
export function tlsSettings(port: number, { ca, cert, key }: Certificates): string[] {
  const files = ["--tls-cert-file", cert, "--tls-key-file", key, "--tls-ca-cert-file", ca];
  return ["--tls-port", String(port), "--tls-auth-clients", "no", ...files];
}
