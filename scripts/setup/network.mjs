import { connect } from "node:net";
import { runQuietly } from "./program.mjs";

const patienceMs = 2_000;
const usualRegistry = "https://registry.npmjs.org";

/**
 * Why the place that packages come from cannot be reached, such as "registry.npmjs.org: ENOTFOUND"; undefined when it can.
 * npm and pnpm themselves try for more than a minute before they say so.
 */
export async function networkTrouble(env) {
  const first = env.npm_config_registry || usualRegistry;
  const trouble = await troubleWith(proxyOf(env) ?? first);
  if (trouble === undefined || proxyOf(env) !== undefined) return trouble;
  // A registry of one's own, as .npmrc names it.
  const own = await configuredRegistry(env);
  return own === undefined || sameHost(own, first) ? trouble : troubleWith(own);
}

function proxyOf(env) {
  const names = [
    "npm_config_https_proxy",
    "npm_config_proxy",
    "https_proxy",
    "HTTPS_PROXY",
    "http_proxy",
    "HTTP_PROXY",
  ];
  return names.map((name) => env[name]).find(Boolean);
}

async function configuredRegistry(env) {
  const npm = env.npm_execpath;
  const program = npm
    ? { file: process.execPath, args: [npm, "config", "get", "registry"] }
    : { file: "npm", args: ["config", "get", "registry"] };
  const { code, output } = await runQuietly(program, { env });
  const registry = output.trim().split("\n").at(-1);
  return code === 0 && URL.canParse(registry) ? registry : undefined;
}

function sameHost(a, b) {
  return new URL(a).host === new URL(b).host;
}

function troubleWith(address) {
  const { hostname, port, protocol } = new URL(address.includes("://") ? address : `http://${address}`);
  return new Promise((resolve) => {
    const host = hostname.replace(/^\[|\]$/g, "");
    const socket = connect({ host, port: Number(port) || (protocol === "https:" ? 443 : 80) });
    const end = (trouble) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(trouble && `${host}: ${trouble}`);
    };
    const timer = setTimeout(() => end(`no answer within ${patienceMs / 1_000} s`), patienceMs);
    socket.once("connect", () => end(undefined));
    socket.once("error", (error) => end(error.code ?? error.message));
  });
}
