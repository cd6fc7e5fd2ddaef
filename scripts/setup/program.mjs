import { spawn } from "node:child_process";
import { whenOrphaned } from "./orphan.mjs";
import { root } from "./paths.mjs";

const passedOn = ["SIGINT", "SIGTERM", "SIGHUP"];
const echoMs = 1_000;
/** So many characters of a step's output are kept. */
const outputKept = 10_000;

/**
 * Runs a program to its end and gives its code or the signal that ended it. Signals are passed on and outlived: the program
 * decides when it is done. At a terminal one Ctrl-C arrives twice, from the terminal and through npm: the second is an echo.
 */
export function runProgram({ file, args }, { env }) {
  return untilEnd(spawn(file, args, { cwd: root, env, stdio: "inherit" }));
}

/** Runs a step of set-up. Its output is of interest only when it fails: it comes with the outcome, as far as its end goes. */
export async function runQuietly({ file, args, cwd = root }, { env }) {
  const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk) => (output = (output + chunk).slice(-outputKept)));
  }
  const outcome = await untilEnd(child);
  return { ...outcome, output: output.trim() };
}

async function untilEnd(child) {
  const passOn = withoutEchoes((signal) => child.kill(signal));
  const stopWatching = whenOrphaned({ env: process.env, callback: () => passOn("SIGTERM") });
  for (const signal of passedOn) process.on(signal, passOn);
  try {
    return await endOf(child);
  } finally {
    stopWatching();
    for (const signal of passedOn) process.off(signal, passOn);
  }
}

function endOf(child) {
  return new Promise((resolve) => {
    child.once("error", () => resolve({ code: 127, signal: null }));
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
}

function withoutEchoes(pass) {
  const last = new Map();
  return (signal) => {
    const now = performance.now();
    const isEcho = now - (last.get(signal) ?? -Infinity) < echoMs;
    if (isEcho) return;
    last.set(signal, now);
    pass(signal);
  };
}
