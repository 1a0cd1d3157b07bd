// Owns: the start of the dashboard in the browser.

import { createRoot } from "react-dom/client";
import { keepOfflinePage } from "./boot/installed.ts";
import { App } from "./shell/app.tsx";

const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
keepOfflinePage();
