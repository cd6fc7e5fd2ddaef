import { delimiter } from "node:path";
import { bin } from "./paths.mjs";

// How packages are reached: where this machine's npm gets them, so does pnpm.
const reaching =
  /^npm_config_(.*registry|cache|ca|cafile|(https?_|https?-)?proxy|noproxy|strict_ssl|userconfig|globalconfig)$/i;

/**
 * The environment for everything we start. npm's own variables are left out: they tell a pnpm or npm further down
 * that it runs inside this script, and it behaves accordingly.
 */
export function environment(env) {
  const kept = Object.entries(env).filter(([name]) => !/^npm_/i.test(name) || reaching.test(name));
  return {
    ...Object.fromEntries(kept),
    PATH: [bin, env.PATH].filter(Boolean).join(delimiter),
    TURBO_TELEMETRY_DISABLED: "1",
    DO_NOT_TRACK: "1",
  };
}
