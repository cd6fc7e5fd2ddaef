const lookEveryMs = 500;

/**
 * Calls back once when npm, which started us, is gone: killed, it can pass nothing on, and everything would stay up.
 * (`exec` in package.json makes us npm's own child; through its shell no signal but the terminal's would arrive.)
 * Returns what ends the watch.
 */
export function whenOrphaned({ env, callback }) {
  if (!env.npm_lifecycle_event) return () => undefined;
  const npm = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(timer);
    callback();
  }, lookEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}
