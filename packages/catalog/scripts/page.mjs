// docs/catalog.md: the services as a table that a browser's search or grep goes through.

export function catalogPage(services) {
  const heard = services.filter(({ format }) => format !== undefined).length;
  return `# The catalog

The ${services.length} services that Statuswire knows by name, ${heard} of them with the format in which their page talks.
Write an id in \`statuswire.yaml\`, or search from the command line by name, alias, domain or URL: \`statuswire search stripe\`.
A format in brackets rests on weak evidence. Where none is given, nobody has said how the page talks:
\`statuswire detect URL\` finds out.

Made by \`packages/catalog/scripts/import.mjs\`; where it comes from is in [NOTICE](../NOTICE).

| id | name | page | format |
| --- | --- | --- | --- |
${services.map(line).join("\n")}
`;
}

function line({ id, name, page, format = "", sure, defunct }) {
  const how = sure === "weak" && format ? `(${format})` : format;
  const called = `${name.replaceAll("|", "\\|")}${defunct ? " (defunct)" : ""}`;
  return `| ${id} | ${called} | ${page} | ${how} |`;
}
