import { type Assets, linksTo } from "./assets.ts";
import { htmlDocument } from "./document.ts";
import { escaped } from "./feeds/xml.ts";

interface Content {
  /** Where to go afterwards. */
  next: string;
  /** Why the last try was refused. */
  mistake: string | undefined;
  assets: Assets | undefined;
}

/** The page on which a visitor proves who they are. It needs no script. */
export function loginPage({ next, mistake, assets }: Content): string {
  const described = mistake === undefined ? "" : ' aria-invalid="true" aria-describedby="mistake"';
  return htmlDocument({
    title: `${mistake === undefined ? "" : "Error: "}Log in · Statuswire`,
    head: [assets ? linksTo({ ...assets, script: undefined }) : ""],
    body: `<main class="login">
<h1><img src="/favicon.svg" alt="" width="32" height="32">Log in to Statuswire</h1>
<form method="post" action="/login">
<input type="hidden" name="next" value="${escaped(next)}">
<label for="secret">Password or token</label>
<input id="secret" name="secret" type="password" autocomplete="current-password" required autofocus${described}>
${mistake === undefined ? "" : `<p id="mistake" class="notice" role="alert">${escaped(mistake)}</p>`}
<button type="submit" class="primary">Log in</button>
</form>
</main>`,
  });
}
