export { changeComponents, type Affects } from "./components.ts";
export { startDemo, type DemoOptions, type DemoProvider } from "./demo.ts";
export { playDemo, type DemoPlayer } from "./demo-player.ts";
export { demoWorld } from "./demo-pages.ts";
export type { Fault } from "./faults.ts";
export { componentPush, incidentPush, pushesOf, type PushOptions } from "./formats/statuspage-webhook.ts";
export { forgetEnded, openIncident, resolveIncident, updateIncident, type Opening } from "./incidents.ts";
export {
  completeMaintenance,
  scheduleMaintenance,
  startMaintenance,
  updateMaintenance,
  type Announcement,
} from "./maintenances.ts";
export { createPage, createWorld, type PageOptions } from "./pages.ts";
export { render } from "./render.ts";
export { startSimulator, type Simulator, type SimulatorOptions } from "./simulator.ts";
export * from "./world.ts";
