/** One runner for every room. Rooms resolve to their sources, so a test never reads a stale build. */
export default {
  testEnvironment: "node",
  roots: ["<rootDir>/apps", "<rootDir>/packages", "<rootDir>/test"],
  testMatch: ["**/test/**/*.test.ts"],
  modulePathIgnorePatterns: ["/dist/"],
  extensionsToTreatAsEsm: [".ts"],
  moduleNameMapper: { "^@statuswire/([a-z-]+)$": "<rootDir>/packages/$1/src/index.ts" },
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      {
        jsc: { target: "es2023", parser: { syntax: "typescript" } },
        module: { type: "es6" },
        sourceMaps: "inline",
      },
    ],
  },
  testTimeout: 30_000,
  maxWorkers: 2,
  // Modules of tests that are over stay in memory (Node's vm modules): 3 GB in the end, whose collection stops a process for seconds.
  workerIdleMemoryLimit: "600MB",
  reporters: ["default", "<rootDir>/scripts/tally-reporter.mjs"],
};
