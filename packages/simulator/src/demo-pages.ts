import { createPage, createWorld } from "./pages.ts";
import type { World } from "./world.ts";

/** The three pages of the demo, quiet. */
export function demoWorld(at: Date): World {
  return createWorld([
    createPage({ id: "openai", vendor: "incidentio", name: "OpenAI", components: openai, at }),
    createPage({
      id: "discord",
      vendor: "statuspage",
      name: "Discord",
      components: discord,
      at,
      timeZone: "America/Los_Angeles",
    }),
    createPage({ id: "apple", vendor: "apple", name: "Apple", components: apple, at }),
  ]);
}

const openai = [
  "API - Chat Completions",
  "API - Responses",
  "API - Realtime",
  "API - Embeddings",
  "API - Images",
  "API - Audio",
  "API - Batch",
  "API - Files",
  "API - Fine-tuning",
  "API - Moderations",
  "ChatGPT - Conversations",
  "ChatGPT - Login",
  "ChatGPT - Search",
  "ChatGPT - Voice mode",
  "Codex Web",
  "Codex API",
  "Sora",
];

const discord = [
  { name: "API", description: "Sends and receives messages, and carries general operations on the platform." },
  { name: "Media Proxy" },
  { name: "Push Notifications" },
  { name: "Search" },
  { name: "Client" },
  { name: "Payments" },
  { name: "Brazil", group: "Voice" },
  { name: "Hong Kong", group: "Voice" },
  { name: "Japan", group: "Voice" },
  { name: "Rotterdam", group: "Voice" },
  { name: "Sydney", group: "Voice" },
  { name: "US East", group: "Voice" },
  { name: "US West", group: "Voice" },
];

const apple = [
  "App Store",
  "Apple Music",
  "Apple Pay",
  "Apple TV+",
  "FaceTime",
  "Find My",
  "Game Center",
  "iCloud Account & Sign In",
  "iCloud Backup",
  "iCloud Calendar",
  "iCloud Contacts",
  "iCloud Drive",
  "iCloud Mail",
  "iCloud Notes",
  "iMessage",
  "Maps Display",
  "Photos",
  "Sign in with Apple",
  "Siri",
  "Weather",
];
