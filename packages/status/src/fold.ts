const beyondAscii = /[^\0-\x7f]/;
const marks = /\p{M}/gu;

/** Text as it is compared: lower case, no accents, one space between words. */
export function fold(text: string): string {
  const plain = beyondAscii.test(text) ? text.normalize("NFKD").replace(marks, "") : text;
  return plain.toLowerCase().replace(/\s+/g, " ").trim();
}
