import { spawn } from "node:child_process";
import { whenOrphaned } from "./orphan.mjs";
import { root } from "./paths.mjs";

const passedOn = ["SIGINT", "SIGTERM", "SIGHUP"];
const echoMs = 1_000;

/** Streams for a step of set-up: all its output is progress. */
export const progressOnly = ["ignore", 2, 2];

/**
 * Runs a program to its end and gives its code or the signal that ended it. Signals are passed on and outlived: the program
 * decides when it is done. At a terminal one Ctrl-C arrives twice, from the terminal and through npm: the second is an echo.
 */
export async function runProgram({ file, args }, { env, stdio = "inherit" }) {
  const child = spawn(file, args, { cwd: root, env, stdio });
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
    child.once("exit", (code, signal) => resolve({ code, signal }));
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
