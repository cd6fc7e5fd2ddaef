import { metrics, notFound, probes, problems, type TakeFromBuckets } from "@statuswire/service";
import type { Registry } from "@statuswire/telemetry";
import express, { type Express } from "express";
import { cors } from "./access/cors.ts";
import type { Credentials } from "./access/credentials.ts";
import { type Origins, refuseCrossSite } from "./access/cross-site.ts";
import type { Ended } from "./access/ended.ts";
import { createGuard } from "./access/guard.ts";
import { securityHeaders } from "./access/headers.ts";
import { refuseForeignHosts } from "./access/hosts.ts";
import { limitRate } from "./access/rates.ts";
import type { Recognize } from "./access/visitors.ts";
import { createApi, type Dependencies as ApiDependencies } from "./api.ts";
import type { Assets } from "./assets.ts";
import { serve } from "./operation.ts";
import { noSuchPage } from "./no-such-page.ts";
import { packed } from "./packed.ts";
import { detect } from "./routes/detect.ts";
import { docs } from "./routes/docs.ts";
import { login } from "./routes/login.ts";
import { pageFiles, pages } from "./routes/page.ts";
import { queuesBoard } from "./routes/queues.ts";
import type { Stream } from "./routes/stream.ts";
import { waitForRedis } from "./waiting.ts";

export interface Dependencies extends ApiDependencies {
  stream: Stream;
  /** Where the built page is, and what it is made of. */
  folder: string;
  assets: Assets | undefined;
  ready(): Promise<true | string>;
  /** The same as far as it is known without asking. */
  isReady(): boolean;
  registry: Registry;
  access: Access;
  /** Where browsers open the dashboard, as the configuration says. */
  publicUrl(): string | undefined;
}

/** Who may do what. */
interface Access extends Origins {
  /** Undefined: nobody is asked who they are. */
  credentials: Credentials | undefined;
  recognize: Recognize;
  ended: Ended;
  take: TakeFromBuckets;
  ratePerAddress: number | undefined;
  trustedProxies: number;
  queuesAreWritable: boolean;
}

/** The window: the page, the API, the stream, the queues. Whatever stands behind the guard is only for whom it lets past. */
export function createApp(dependencies: Dependencies): Express {
  const { access, stream, folder, assets, isReady, registry, ...api } = dependencies;
  const { board, log, queues, ready, tell } = dependencies;
  const { credentials, recognize, take, corsOrigins } = access;
  const guard = createGuard({ recognize, tell });
  const operations = createApi(api);
  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", access.trustedProxies);

  app.use(securityHeaders);
  app.use(probes({ ready }));
  app.use(refuseForeignHosts(access.hosts));
  app.use(refuseCrossSite(access));
  app.use(packed);
  app.use(pageFiles(folder));
  app.use("/api", cors(corsOrigins));
  app.use(waitForRedis({ isReady, assets }));
  app.use("/api", limitRate({ take, perAddress: access.ratePerAddress }));
  if (credentials) app.use(login({ ...access, credentials, assets, tell, now: Date.now }));
  app.use(guard.handler);

  app.use(metrics(registry));
  app.use(pages({ board, log, operations, visitorOf: guard.visitorOf, assets }));
  app.use(serve(operations, dependencies.publicUrl));
  app.use(docs({ operations, assets }));
  app.use(detect({ lookAt: dependencies.wish.lookAt, take }));
  app.use(stream.router);
  app.use(queuesBoard(queues, { isWritable: access.queuesAreWritable }));
  app.use(noSuchPage(assets));
  app.use(notFound);
  app.use(problems(tell));
  return app;
}
