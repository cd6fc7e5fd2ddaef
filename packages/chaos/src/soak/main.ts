import { withStage } from "../rig/stage.ts";
import { interruption } from "../rig/interruption.ts";
import { readArguments, usage, type Wanted } from "./arguments.ts";
import { controls } from "./controls.ts";
import { soak, type Soaked } from "./soak.ts";

const report = (line: string) => void process.stderr.write(`soak: ${line}\n`);

async function main(): Promise<void> {
  const wanted = readArguments(process.argv.slice(2));
  if (wanted.help) {
    process.stdout.write(usage);
    return;
  }
  report(`${wanted.seconds} s, ${wanted.workers} workers, seed ${wanted.seed}`);
  const stage = { env: process.env, interrupted: interruption() };
  const soaked = await withStage(stage, (set) => soak(set, wanted, report)).catch((error: unknown) => {
    report(`seed ${wanted.seed}`);
    throw error;
  });
  tell(soaked, wanted);
}

function tell({ ledger, ...run }: Soaked, { json, control }: Wanted): void {
  const { findings, ...figures } = ledger;
  const all = { ...figures, ...run, ...(control === undefined ? {} : { control }), findings };
  if (json) process.stdout.write(`${JSON.stringify(all, undefined, 2)}\n`);
  else
    for (const [name, figure] of Object.entries(figures))
      process.stdout.write(`${name.padEnd(20)} ${String(figure)}\n`);
  if (!json) {
    const { lost, doubled, outOfOrder } = ledger;
    process.stdout.write(`lost ${lost}, doubled ${doubled}, out of order ${outOfOrder}\n`);
  }
  const isCaught = control !== undefined && isShown(ledger, control);
  const isGood = control === undefined ? !findings.length : isCaught;
  if (control !== undefined) report(isCaught ? `${control} was caught` : `${control} was NOT caught`);
  if (isGood) return;
  process.exitCode = 1;
  for (const finding of findings.slice(0, 50)) report(finding);
  report(`seed ${run.seed}; what was struck:`);
  for (const { at, fault, target, seconds } of run.timeline)
    report(`  ${at} s: ${fault} ${target} for ${seconds} s`);
}

/** Whether the account shows what was broken on purpose, in the figure that is there for it. */
function isShown(ledger: Soaked["ledger"], control: string): boolean {
  const figure = controls[control]?.shows;
  return figure !== undefined && Number(ledger[figure]) > 0 && ledger.findings.length > 0;
}

main().catch((error: unknown) => {
  report(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
