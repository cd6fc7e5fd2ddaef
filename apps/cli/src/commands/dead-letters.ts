import {
  deadLettersLike,
  drop,
  findDeadLetter,
  type Grave,
  listDeadLetters,
  noteDropped,
  openQueues,
  type Queues,
  readPartitionCount,
  redrive,
  type Which,
} from "@statuswire/queues";
import { oneLine } from "@statuswire/status";
import { createTraces, type Traces } from "@statuswire/store";
import { Command } from "commander";
import type { Redis } from "ioredis";
import { invocation } from "../invocation.ts";
import { type Environment, withRedis } from "../redis.ts";
import { asJson } from "../terminal.ts";

interface Options {
  json?: boolean;
}

/** `statuswire dead-letters`: what could not succeed, and what to do about it. */
export function deadLettersCommand(env: Environment): Command {
  const withQueues = (work: (queues: Queues) => Promise<void>) =>
    withRedis(env, async (redis) => {
      await redis.ping();
      await work(await openAll(redis));
    });

  return new Command("dead-letters")
    .description("List, show, redrive and drop the jobs that could not succeed.")
    .addCommand(
      new Command("list")
        .description("List them, newest first.")
        .option("--json", "one JSON object a line, all fields")
        .action(({ json = false }: Options) => withQueues((queues) => list(queues, json))),
      { isDefault: true },
    )
    .addCommand(
      new Command("show")
        .description("Show one whole, with its payload.")
        .argument("<id>")
        .action((id: string) => withQueues((queues) => show(queues, id))),
    )
    .addCommand(
      selecting("redrive")
        .description("Put some back on their queues, in the order of the log: those named, those alike, or all.")
        .action((ids: string[], options: Selection) =>
          withQueues((queues) => redriveSome(queues, { ...options, ids })),
        ),
    )
    .addCommand(
      selecting("drop")
        .description("Forget some: those named, those alike, or all.")
        .action((ids: string[], options: Selection) =>
          withRedis(env, async (redis) => {
            await redis.ping();
            await dropSome(await openAll(redis), createTraces(redis), { ...options, ids });
          }),
        ),
    );
}

async function openAll(redis: Redis): Promise<Queues> {
  return openQueues(redis, await readPartitionCount(redis));
}

/** A command that is told which dead letters are meant; of several options, all must agree. */
function selecting(name: string): Command {
  return new Command(name)
    .argument("[ids...]")
    .option("--sink <name>", "every delivery to this sink")
    .option("--queue <name>", "everything from this queue")
    .option("--error <class>", "everything that failed so, such as PermanentError")
    .option("--all", "every dead letter");
}

async function list(queues: Queues, json: boolean): Promise<void> {
  const graves = await listDeadLetters(queues, 1000);
  for (const grave of graves)
    process.stdout.write(`${json ? asJson({ id: grave.id, ...grave.letter }) : summary(grave)}\n`);
  if (!graves.length) process.stderr.write("There are no dead letters.\n");
}

function summary({ id, letter }: Grave): string {
  const { failedAt, name, error, reason, attempts } = letter;
  return `${id}\n  ${failedAt} ${oneLine(name)}, tried ${attempts} ${attempts === 1 ? "time" : "times"}: ${error}: ${oneLine(reason).slice(0, 300)}`;
}

async function show(queues: Queues, id: string): Promise<void> {
  const grave = await find(queues, id);
  process.stdout.write(`${asJson({ id: grave.id, ...grave.letter }, 2)}\n`);
}

async function redriveSome(queues: Queues, selection: Selection): Promise<void> {
  for (const grave of await select(queues, selection)) {
    process.stdout.write(`${grave.id} is back on ${grave.letter.queue} as ${await redrive(queues, grave)}\n`);
  }
}

async function dropSome(queues: Queues, traces: Traces, selection: Selection): Promise<void> {
  for (const grave of await select(queues, selection)) {
    await drop(queues, grave.id);
    await noteDropped(grave, { traces, now: new Date() });
    process.stdout.write(`${grave.id} is dropped\n`);
  }
}

interface Selection extends Which {
  ids: readonly string[];
  all?: boolean;
}

async function select(queues: Queues, { ids, all = false, ...which }: Selection): Promise<Grave[]> {
  const ways = [ids.length > 0, Object.keys(which).length > 0, all];
  if (ways.filter(Boolean).length !== 1) throw new Error(sayWhich);
  if (ids.length) return Promise.all(ids.map((id) => find(queues, id)));
  return deadLettersLike(queues, which);
}

const sayWhich =
  "Say which, in one way: ids, as `dead-letters list` shows them, or what they have in common (--sink, --queue, --error), or --all.";

async function find(queues: Queues, id: string): Promise<Grave> {
  const grave = await findDeadLetter(queues, id);
  if (!grave) throw new Error(`There is no dead letter ${id}. See: ${invocation} dead-letters`);
  return grave;
}
