import tseslint from "typescript-eslint";

export default tseslint.config(
  {
    ignores: [
      "**/dist/**",
      "**/test/**",
      "**/*.config.ts",
      "**/fixtures/**",
      "**/*.mjs",
      "**/*.js",
      "packages/catalog/data/**",
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
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
);
