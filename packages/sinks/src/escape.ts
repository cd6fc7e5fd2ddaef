/** Makes text that vendors wrote into text that a place shows as it is. */
export type Escape = (text: string) => string;

const nothing = "\u200b";

/** For places that show what they get. */
export const plain: Escape = (text) => text;

/** Slack's mrkdwn: mentions and links need angle brackets; what else marks up loses its force, not its look. */
export const mrkdwn: Escape = (text) =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[*_~`]/g, `${nothing}$&${nothing}`);

/** Markdown with backslashes (Discord, Mattermost), where neither `@everyone` nor `<@1>` calls anyone. */
export const markdown: Escape = (text) =>
  text.replace(/[\\`*_~|>[\]#]/g, String.raw`\$&`).replace(/[@<]/g, `$&${nothing}`);

/** Markdown that knows no backslash (Rocket.Chat): marks are parted from what they would mark. */
export const looseMarkdown: Escape = (text) => text.replace(/[`*_~[\]<>#@|\\]/g, `$&${nothing}`);

/** HTML, and the subset of it that Telegram and Google Chat read. */
export const html: Escape = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** Text of an Adaptive Card's TextRun, which reads no Markdown but may fill in `{{DATE(…)}}` and `${…}`. */
export const cardText: Escape = (text) => text.replace(/[{$](?=\{)/g, `$&${nothing}`);

/** Google Chat's plain text, where `<users/all>` calls everyone. */
export const chatText: Escape = (text) => text.replace(/[<*_~`]/g, `$&${nothing}`);
