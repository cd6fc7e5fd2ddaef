import { Time } from "@statuswire/status";
import { z } from "zod";
import type { Board } from "../board.ts";
import { nothingAsked, operation, type Operation } from "../operation.ts";

export const NetworkView = z.object({
  lostAt: Time.optional().describe("Since when most hosts cannot be reached. Absent while our own network works."),
  restoredAt: Time.optional().describe("Since when they can again."),
});
export type NetworkView = z.infer<typeof NetworkView>;

/** `/api/v1/network`: whether our own network is down; then all services are unknown. */
export function network({ board }: { board: Pick<Board, "network"> }): Operation[] {
  return [
    operation({
      path: "/api/v1/network",
      summary: "Whether the network of Statuswire itself is down, by most hosts failing at the same time.",
      asks: nothingAsked,
      answers: NetworkView,
      perform: () => board.network(),
    }),
  ];
}
