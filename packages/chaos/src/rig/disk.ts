import { copyFile, mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { command, installed } from "./command.ts";
import type { Stage } from "./stage.ts";

/** A disk of its own that can lose its power. */
export interface Disk {
  /** A folder on it. */
  folder: string;
  /** What another machine would find on the disk if the power went now: a folder on a copy of it. */
  afterPowerCut(): Promise<string>;
}

const bytes = 96 * 1024 * 1024;

/**
 * An ext4 file system on a loop device. What the page cache has not written to it is not in the file behind it, so a copy of
 * that file is the disk at the moment of a power cut; mounting it replays the journal, as the machine would on its return.
 */
export async function openDisk(stage: Stage): Promise<Disk> {
  const place = await stage.folder();
  const image = join(place, "disk.img");
  const file = await open(image, "w");
  await file.truncate(bytes);
  await file.close();
  await command("mkfs.ext4", ["-qF", image]);
  const folder = await mounted(stage, image, join(place, "disk"));
  let cuts = 0;

  return {
    folder,
    async afterPowerCut() {
      const copy = join(place, `cut-${++cuts}.img`);
      await copyFile(image, copy);
      stage.defer(() => rm(copy, { force: true }));
      return mounted(stage, copy, join(place, `cut-${cuts}`));
    },
  };
}

/** A disk of its own that can be full. */
export interface SmallDisk {
  /** A folder on it. */
  folder: string;
  /** Leaves not a byte. */
  fill(): Promise<void>;
  /** Gives back what `fill` has taken. */
  free(): Promise<void>;
}

/** A file system in memory, of a few megabytes. */
export async function openSmallDisk(stage: Stage): Promise<SmallDisk> {
  const folder = await stage.folder();
  await command("mount", ["-t", "tmpfs", "-o", "size=32m", "tmpfs", folder]);
  stage.defer(() => command("umount", [folder]));
  const ballast = join(folder, "ballast");
  return {
    folder,
    async fill() {
      const file = await open(ballast, "w");
      const piece = Buffer.alloc(4096);
      const isWritten = () =>
        file.write(piece).then(
          ({ bytesWritten }) => bytesWritten === piece.length,
          () => false,
        );
      while (await isWritten());
      await file.close();
    },
    free: () => rm(ballast),
  };
}

/** Why no file system can be mounted here; undefined where one can. */
export async function whyNoMount(): Promise<string | undefined> {
  return process.getuid?.() === 0 ? undefined : "mounting a file system needs root";
}

/** Why no such disk can be had here; undefined where it can. */
export async function whyNoDisk(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return "mounting a loop device needs root";
  if (!(await installed("mkfs.ext4", env))) return "it needs mkfs.ext4 (apt-get install e2fsprogs)";
  return (await installed("losetup", env)) ? undefined : "it needs losetup (apt-get install mount)";
}

async function mounted(stage: Stage, image: string, on: string): Promise<string> {
  await mkdir(on);
  await command("mount", ["-o", "loop", image, on]);
  stage.defer(() => command("umount", [on]));
  return on;
}
