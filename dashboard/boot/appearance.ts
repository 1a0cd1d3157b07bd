// Owns: theme and density before the first paint. A small blocking script, so that nothing flashes.

import { applyAppearance, readAppearance } from "../design/appearance.ts";

applyAppearance(readAppearance());
