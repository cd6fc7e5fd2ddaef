import { describe, expect, test } from "@jest/globals";
import { completeMaintenance, scheduleMaintenance, startMaintenance, type Page } from "../src/index.ts";
import { at, quiet } from "./pages.ts";

describe("a maintenance", () => {
  test("names its components when it is announced, and leaves them as they are", () => {
    const page = scheduled();
    expect(page.maintenances[0]).toMatchObject({ status: "scheduled", componentIds: [page.components[1]?.id] });
    expect(stateOfSearch(page)).toBe("operational");
  });

  test("puts them under maintenance while it is in progress", () => {
    expect(stateOfSearch(started())).toBe("under_maintenance");
  });

  test("makes them operational when it is completed", () => {
    const page = completeMaintenance(started(), idOf(started()), { body: "Done.", at: at(50) });
    expect(page.maintenances[0]).toMatchObject({ status: "completed", completedAt: at(50) });
    expect(stateOfSearch(page)).toBe("operational");
  });
});

function scheduled(): Page {
  return scheduleMaintenance(quiet("statuspage"), {
    title: "Search index",
    body: "We will rebuild the index.",
    components: ["Search"],
    from: at(30),
    until: at(60),
    at: at(1),
  });
}

function started(): Page {
  return startMaintenance(scheduled(), idOf(scheduled()), { body: "It has begun.", at: at(30) });
}

function idOf(page: Page): string {
  return page.maintenances.at(-1)?.id ?? "";
}

function stateOfSearch({ components }: Page): string | undefined {
  return components.find(({ name }) => name === "Search")?.status;
}
