import { bundleOf } from "./scripts/setup/bundles.mjs";

/** The bundle of the app in whose folder rolldown runs. `npm start` makes the same for all apps (scripts/setup/bundle.mjs). */
export default bundleOf(process.cwd());
