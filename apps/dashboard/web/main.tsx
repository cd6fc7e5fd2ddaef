import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { BoardContext, type Visitor } from "./board.tsx";
import { openLive } from "./live.ts";
import { createResources, refreshNowAndThen } from "./resources.ts";
import type { EventView } from "./views.ts";
import "./styles/tokens.css";
import "./styles/page.css";
import "./styles/parts.css";
import "./styles/days.css";
import "./styles/plots.css";

/** What the server wrote into the page, so that the first paint needs no further answer. */
interface First {
  answers: Record<string, unknown>;
  events: EventView[];
  head: string;
  visitor: Visitor;
}

const first = JSON.parse(document.getElementById("first")?.textContent ?? "") as First;
const resources = createResources(first.answers);
const live = openLive({ events: first.events, from: first.head, onNews: resources.refresh });
refreshNowAndThen(resources);
const root = document.getElementById("root");
if (!root) throw new Error("The server's page has no root.");

createRoot(root).render(
  <StrictMode>
    <BoardContext value={{ resources, live, visitor: first.visitor }}>
      <App />
    </BoardContext>
  </StrictMode>,
);
