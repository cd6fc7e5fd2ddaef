import type { RequestHandler } from "express";

/** The policy of an answer that is no page: nothing of it is ever run or framed. */
const nothingRuns = policy({ "default-src": "'none'", "frame-ancestors": "'none'", sandbox: "" });

/** The policy of our own pages: nothing but our own files runs, so what vendors write has no way to act. */
export const ownFilesOnly = policy({
  "default-src": "'none'",
  ...Object.fromEntries(["script-src", "style-src", "img-src", "connect-src"].map((name) => [name, "'self'"])),
  "base-uri": "'none'",
  "form-action": "'self'",
  "frame-ancestors": "'none'",
});

/** As our own pages', with what Bull Board needs: its base address, and styles that stand in its HTML. */
export const bullBoardPolicy = policy({
  "default-src": "'none'",
  "script-src": "'self'",
  "style-src": "'self' 'unsafe-inline'",
  "img-src": "'self' data:",
  "connect-src": "'self'",
  "base-uri": "'self'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
});

/** What every answer tells browsers. Pages say a policy of their own instead of the strictest. */
export const securityHeaders: RequestHandler = (req, res, next) => {
  res.set({
    "Content-Security-Policy": nothingRuns,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    // Not `no-referrer`: browsers then hide the Origin of a form that is sent.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": req.path.endsWith("/badge.svg") ? "cross-origin" : "same-origin",
    ...(req.secure ? { "Strict-Transport-Security": "max-age=31536000" } : {}),
  });
  next();
};

function policy(directives: Readonly<Record<string, string>>): string {
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`.trim())
    .join("; ");
}
