const marks = /\p{M}/gu;

/** Text as it is compared: lower case, no accents, one space between words. */
export function fold(text: string): string {
  return text.normalize("NFKD").replace(marks, "").toLowerCase().replace(/\s+/g, " ").trim();
}
