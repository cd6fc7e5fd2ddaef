import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import tseslint from "typescript-eslint";

const root = import.meta.dirname;
const rooms = ["apps", "packages"].flatMap((kind) =>
  readdirSync(join(root, kind)).map((name) => `${kind}/${name}`),
);

export default tseslint.config(
  {
    ignores: ["**/dist/**", "**/*.config.ts", "**/fixtures/**", "**/*.mjs", "**/*.js", "packages/catalog/data/**"],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    rules: {
      "max-params": ["error", 3],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unused-vars": ["error", { varsIgnorePattern: "^_", argsIgnorePattern: "^_" }],
      "@typescript-eslint/no-confusing-void-expression": "off",
      // Dependencies are handed over as objects of plain functions; nothing here uses `this`.
      "@typescript-eslint/unbound-method": "off",
      // A sink or a stub is asynchronous by contract, also where this one has nothing to wait for.
      "@typescript-eslint/require-await": "off",
    },
  },
  // Tests belong to a project of their own, which the project service does not look for.
  ...["", ...rooms].flatMap((room) => {
    const project = join(room, "tsconfig.test.json");
    if (!existsSync(join(root, project))) return [];
    const parserOptions = { projectService: false, project, tsconfigRootDir: root };
    const rules = {
      // A table of cases has as many columns as it needs.
      "max-params": "off",
      // What a callback changes meanwhile, the compiler takes for constant.
      "@typescript-eslint/no-unnecessary-condition": "off",
      // What is no error is thrown to see what becomes of it.
      "@typescript-eslint/only-throw-error": "off",
      "@typescript-eslint/prefer-promise-reject-errors": "off",
      "@typescript-eslint/use-unknown-in-catch-callback-variable": "off",
      // A handler of a test's server may be asynchronous: a test that waits for its answer sees it fail.
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: false }],
      "@typescript-eslint/no-misused-spread": "off",
      // How something looks as text is what some tests are about.
      "@typescript-eslint/no-base-to-string": "off",
      "@typescript-eslint/restrict-template-expressions": "off",
      "@typescript-eslint/no-unnecessary-template-expression": "off",
      // Answers and events that come in as `any` are what a test is there to check.
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    };
    return [{ files: [join(room, "test/**/*.ts")], languageOptions: { parserOptions }, rules }];
  }),
);
