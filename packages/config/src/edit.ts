import { isMap, isNode, isScalar, isSeq, type Document } from "yaml";
import { defaultConfig } from "./config.ts";
import { ProviderEntry } from "./file.ts";
import { appendItems, appendList, withoutItems, type List } from "./list-text.ts";
import { readYaml, usualFile } from "./parse.ts";
import { ConfigError } from "./problems.ts";
import { providerId } from "./resolve.ts";

/**
 * statuswire.yaml's text with more providers at the end of the list; those that are there already stay as they are, and
 * so does every other character. A file that lists none so far gets the default ones too, which were in force. Throws
 * ConfigError.
 */
export function addProviders(text: string, entries: readonly ProviderEntry[]): string {
  const { document, list } = providerList(text);
  if (!list) return addProviders(withDefaults(text), entries);
  const ids = new Set(idsIn(document, list));
  const added = entries.filter((entry) => {
    const id = providerId(entry);
    const isNew = id === undefined || !ids.has(id);
    ids.add(id);
    return isNew;
  });
  return appendItems(text, list, added);
}

/** These providers as statuswire.yaml would list them, to be copied there. */
export function providersText(entries: readonly ProviderEntry[]): string {
  return appendList("", "providers", entries);
}

/** statuswire.yaml's text without the providers of these ids or names; every other character stays. Throws ConfigError. */
export function removeProviders(text: string, ids: readonly string[]): string {
  const { document, list } = providerList(text);
  if (!list) return removeProviders(withDefaults(text), ids);
  const unwanted = new Set<string | undefined>(ids.flatMap((id) => [id.toLowerCase(), providerId(id)]));
  unwanted.delete(undefined);
  return withoutItems(
    text,
    list,
    idsIn(document, list).map((id) => unwanted.has(id)),
  );
}

/** `list` is absent when the file says nothing of providers. */
function providerList(text: string): { document: Document; list?: List } {
  const { document } = readYaml(text);
  const { contents } = document;
  const pair = isMap(contents)
    ? contents.items.find(({ key }) => isScalar(key) && key.value === "providers")
    : undefined;
  if (pair && isList(pair)) return { document, list: pair };
  if (contents === null || (isMap(contents) && !contents.flow && !pair)) return { document };
  const message = "The file has no list of providers that could be edited.";
  throw new ConfigError(usualFile, [{ line: 1, column: 1, path: "providers", message }]);
}

function isList(pair: { key: unknown; value: unknown }): pair is List {
  return isNode(pair.key) && isSeq(pair.value) && pair.value.items.every(isNode);
}

function withDefaults(text: string): string {
  return appendList(
    text,
    "providers",
    defaultConfig.providers.map(({ id }) => id),
  );
}

function idsIn(document: Document, { value: list }: List): (string | undefined)[] {
  return list.items.map((item) => {
    const entry = ProviderEntry.safeParse(item.toJS(document));
    return entry.success ? providerId(entry.data) : undefined;
  });
}
