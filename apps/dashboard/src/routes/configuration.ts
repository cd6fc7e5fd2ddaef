import { nothingAsked, operation, type Operation } from "../operation.ts";
import { configurationView, ConfigurationView } from "../views/configuration.ts";
import type { Wish } from "../wish.ts";

/** `/api/v1/configuration`: whether the configuration file was accepted. */
export function configuration({ rejected }: Pick<Wish, "rejected">): Operation[] {
  return [
    operation({
      path: "/api/v1/configuration",
      summary: "Whether the configuration file is in force, and every mistake in it when it is not.",
      asks: nothingAsked,
      answers: ConfigurationView,
      perform: async () => configurationView(rejected()),
    }),
  ];
}
