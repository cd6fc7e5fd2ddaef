/** How a simulated page talks. */
export type Vendor = "statuspage" | "incidentio" | "apple";

export type ComponentStatus =
  "operational" | "degraded_performance" | "partial_outage" | "major_outage" | "under_maintenance";
export type IncidentStatus = "investigating" | "identified" | "monitoring" | "resolved" | "postmortem";
export type MaintenanceStatus = "scheduled" | "in_progress" | "verifying" | "completed";
/** Worst last. */
export const impacts = ["none", "minor", "major", "critical"] as const;
export type Impact = (typeof impacts)[number];

export interface Component {
  readonly id: string;
  readonly name: string;
  readonly group?: string;
  readonly description?: string;
  readonly status: ComponentStatus;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What an update did to one component; `from` and `to` may be the same. */
export interface Effect {
  readonly componentId: string;
  readonly name: string;
  readonly from: ComponentStatus;
  readonly to: ComponentStatus;
}

export interface Update<Status> {
  readonly id: string;
  readonly status: Status;
  readonly body: string;
  readonly at: Date;
  readonly effects: readonly Effect[];
}

/** What incidents and maintenances share. `updates` is never empty, newest last. */
export interface Affair<Status> {
  readonly id: string;
  readonly title: string;
  readonly status: Status;
  readonly impact: Impact;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly componentIds: readonly string[];
  readonly updates: readonly Update<Status>[];
}

export interface Incident extends Affair<IncidentStatus> {
  readonly resolvedAt?: Date;
}

export interface Maintenance extends Affair<MaintenanceStatus> {
  readonly scheduledFor: Date;
  readonly scheduledUntil: Date;
  readonly completedAt?: Date;
}

/** One status page: the truth that its vendor's documents are rendered from. Immutable; incidents are newest last. */
export interface Page {
  /** Ours: what tests and the simulator call it. */
  readonly id: string;
  /** The vendor's. */
  readonly vendorId: string;
  readonly vendor: Vendor;
  readonly name: string;
  /** IANA name. Statuspage tells its times in it. */
  readonly timeZone: string;
  /** Whether Apple's document comes wrapped as `jsonCallback(…);`, as it sometimes does. */
  readonly jsonp: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** How many things happened here: what makes ids distinct. */
  readonly revision: number;
  readonly components: readonly Component[];
  readonly incidents: readonly Incident[];
  readonly maintenances: readonly Maintenance[];
}

/** Every page, by our id. */
export type World = ReadonlyMap<string, Page>;
