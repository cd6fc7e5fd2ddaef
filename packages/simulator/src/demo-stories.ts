import { incidentStory, maintenanceStory, type Story } from "./demo-story.ts";

/** The first minute: all three at once. */
export const opening: readonly Story[] = [
  incidentStory({
    page: "openai",
    title: "Elevated error rates on Chat Completions",
    impact: "minor",
    beats: [
      {
        after: 1,
        status: "investigating",
        body: "Degraded performance due to upstream issue.",
        affects: { "API - Chat Completions": "degraded_performance" },
      },
      {
        after: 11,
        status: "identified",
        impact: "major",
        body: "We have identified an upstream networking fault. Responses and ChatGPT conversations are affected as well.",
        affects: {
          "API - Chat Completions": "partial_outage",
          "API - Responses": "degraded_performance",
          "ChatGPT - Conversations": "degraded_performance",
        },
      },
      {
        after: 17,
        status: "monitoring",
        body: "We have applied the mitigation and are monitoring the recovery.",
        affects: { "API - Chat Completions": "degraded_performance", "API - Responses": "operational" },
      },
      { after: 15, status: "resolved", body: "All impacted services have now fully recovered." },
    ],
  }),
  incidentStory({
    page: "discord",
    title: "Message delivery delays",
    impact: "minor",
    beats: [
      {
        after: 3,
        status: "investigating",
        body: "We're investigating elevated API latency. Messages may be slow to send.",
        affects: { API: "degraded_performance" },
      },
      {
        after: 12,
        status: "identified",
        impact: "major",
        body: "A database cluster is overloaded. Push notifications are delayed while we shift traffic.",
        affects: { API: "partial_outage", "Push Notifications": "degraded_performance" },
      },
      {
        after: 15,
        status: "monitoring",
        body: "Traffic has been shifted and latency is returning to normal. We're monitoring.",
        affects: { API: "operational" },
      },
      {
        after: 18,
        status: "resolved",
        body: "Message delivery is back to normal. This incident has been resolved.",
      },
    ],
  }),
  incidentStory({
    page: "apple",
    title: "iCloud Mail",
    impact: "minor",
    beats: [
      {
        after: 4,
        status: "investigating",
        body: "Users may be experiencing slow performance with this service.",
        affects: { "iCloud Mail": "degraded_performance" },
      },
      {
        after: 14,
        status: "identified",
        impact: "major",
        body: "Users may be experiencing intermittent issues with this service.",
        affects: { "iCloud Mail": "partial_outage", "iCloud Calendar": "degraded_performance" },
      },
      { after: 28, status: "resolved", body: "Users experienced a problem with this service." },
    ],
  }),
];

/** What happens later, one at a time. */
export const later: readonly Story[] = [
  incidentStory({
    page: "openai",
    title: "Increased latency for image generation",
    impact: "minor",
    beats: [
      {
        after: 0,
        status: "investigating",
        body: "Image generation is slower than usual. We are investigating.",
        affects: { "API - Images": "degraded_performance", Sora: "degraded_performance" },
      },
      {
        after: 25,
        status: "identified",
        body: "A capacity shortfall has been identified; we are adding capacity.",
      },
      { after: 30, status: "resolved", body: "Latency has returned to normal levels." },
    ],
  }),
  incidentStory({
    page: "openai",
    title: "Login failures",
    impact: "major",
    beats: [
      {
        after: 0,
        status: "investigating",
        body: "Some users are unable to log in to ChatGPT.",
        affects: { "ChatGPT - Login": "partial_outage" },
      },
      {
        after: 20,
        status: "identified",
        impact: "critical",
        body: "An identity provider is rejecting requests. Most logins fail at present.",
        affects: { "ChatGPT - Login": "major_outage" },
      },
      {
        after: 25,
        status: "monitoring",
        body: "Logins are succeeding again. We are monitoring.",
        affects: { "ChatGPT - Login": "degraded_performance" },
      },
      { after: 20, status: "resolved", body: "Logins have been healthy since the fix was deployed." },
    ],
  }),
  incidentStory({
    page: "discord",
    title: "Voice connection issues in Rotterdam",
    impact: "minor",
    beats: [
      {
        after: 0,
        status: "identified",
        body: "A network provider is dropping packets near our Rotterdam region.",
        affects: { Rotterdam: "partial_outage" },
      },
      {
        after: 30,
        status: "monitoring",
        body: "The provider has rerouted traffic.",
        affects: { Rotterdam: "operational" },
      },
      { after: 20, status: "resolved", body: "Voice in Rotterdam is stable again." },
    ],
  }),
  maintenanceStory({
    page: "discord",
    title: "Search index maintenance",
    components: ["Search"],
    bodies: {
      scheduled: "We will rebuild part of the search index. Results may be incomplete meanwhile.",
      started: "The rebuild is in progress.",
      completed: "The rebuild is complete.",
    },
    seconds: { notice: 30, work: 40 },
  }),
  incidentStory({
    page: "apple",
    title: "iMessage",
    impact: "major",
    beats: [
      {
        after: 0,
        status: "investigating",
        body: "Users may be unable to send or receive messages.",
        affects: { iMessage: "partial_outage", FaceTime: "partial_outage" },
      },
      { after: 45, status: "resolved", body: "Users may have been unable to send or receive messages." },
    ],
  }),
];
