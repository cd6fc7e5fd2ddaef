import { addProviders, ConfigError, type Edited, type ProviderEntry, providersText } from "@statuswire/config";
import { HttpError } from "@statuswire/service";
import { z } from "zod";
import { operation, type Operation } from "../operation.ts";

interface Dependencies {
  /** Changes the text of statuswire.yaml, and puts it in force. Rejects with what the file system says, or ConfigError. */
  editConfig(edit: (text: string) => string): Promise<Edited>;
}

const text = z.string().min(1).max(2000);
const Sent = z.strictObject({
  id: text.describe("A known service's id, or a name of your own for the page.").optional(),
  name: text.optional(),
  page: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
  format: text.describe("How the page talks; `/api/v1/detect` finds out.").optional(),
  components: z.array(text).max(1000).describe("Only these: ids, names or globs. Absent: all.").optional(),
});
const Answer = z.object({
  saved: z.boolean(),
  isNew: z.boolean().describe("Whether it was not watched before."),
  file: z.string(),
  yaml: z.string().describe("What the file lists, or should be made to list where it can't be written."),
  reason: z.string().optional().describe("Why it was not saved."),
});

/** `POST /api/v1/providers`: watch somebody else too. */
export function watching({ editConfig }: Dependencies): Operation[] {
  async function save(entry: ProviderEntry): Promise<z.infer<typeof Answer>> {
    const yaml = providersText([entry]);
    let isNew = true;
    try {
      const { path } = await editConfig((before) => {
        const after = addProviders(before, [entry]);
        isNew = after !== before;
        return after;
      });
      return { saved: true, isNew, file: path, yaml };
    } catch (error) {
      if (error instanceof ConfigError) throw new HttpError(422, "bad_provider", { detail: error.message });
      if (!isReadOnly(error)) throw error;
      const reason = `${error.path} can't be written: add this to it yourself.`;
      return { saved: false, isNew, file: error.path, yaml, reason };
    }
  }

  return [
    operation({
      method: "post",
      path: "/api/v1/providers",
      summary: "Writes one more provider into statuswire.yaml, every comment kept, or says what to write.",
      asks: z.strictObject({
        save: z.enum(["true", "false"]).default("true").describe("`false`: only say what would be written."),
      }),
      sends: Sent,
      answers: Answer,
      async perform({ save: wanted }, sent) {
        const entry = entryOf(sent);
        if (wanted === "true") return save(entry);
        return { saved: false, isNew: true, file: "statuswire.yaml", yaml: providersText([entry]) };
      },
    }),
  ];
}

function entryOf({ id, name, page, format, components }: z.infer<typeof Sent>): ProviderEntry {
  if (id !== undefined && !page && !components?.length) return id;
  return {
    ...(id !== undefined && { id }),
    ...(name !== undefined && { name }),
    ...(page !== undefined && { page }),
    ...(format !== undefined && { format }),
    ...(components?.length && { components }),
  };
}

const readOnly = new Set(["EACCES", "EPERM", "EROFS"]);

function isReadOnly(error: unknown): error is Error & { path: string } {
  return (
    error instanceof Error &&
    "code" in error &&
    readOnly.has(String(error.code)) &&
    "path" in error &&
    typeof error.path === "string"
  );
}
