import { spawn } from "node:child_process";
import { root } from "./paths.mjs";

const passedOn = ["SIGINT", "SIGTERM", "SIGHUP"];
const echoMs = 1_000;

/**
 * Runs a program to its end and gives its code or the signal that ended it. Signals are passed on and outlived: the program
 * decides when it is done. At a terminal one Ctrl-C arrives twice, from the terminal and through npm: the second is an echo.
 */
export function runProgram({ file, args }, { env, stdio = "inherit" }) {
  const child = spawn(file, args, { cwd: root, env, stdio });
  const passOn = withoutEchoes((signal) => child.kill(signal));
  for (const signal of passedOn) process.on(signal, passOn);

  return new Promise((resolve) => {
    const end = (outcome) => {
      for (const signal of passedOn) process.off(signal, passOn);
      resolve(outcome);
    };
    child.once("error", () => end({ code: 127, signal: null }));
    child.once("exit", (code, signal) => end({ code, signal }));
  });
}

function withoutEchoes(pass) {
  const last = new Map();
  return (signal) => {
    const now = performance.now();
    const isEcho = now - (last.get(signal) ?? -Infinity) < echoMs;
    if (!isEcho) last.set(signal, now);
    if (!isEcho) pass(signal);
  };
}

/** Streams for a step of set-up: all its output is progress. */
export const progressOnly = ["ignore", 2, 2];
