// Owns: the start of the dashboard in the browser.

import { createRoot } from "react-dom/client";

const root = document.getElementById("root");
if (root) createRoot(root).render(<main>hermes</main>);
