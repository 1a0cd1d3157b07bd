// Owns: `deno run -A scripts/dashboard/icons.ts`: draws the icons of fixed sizes from `icon.svg`.

import { join } from "node:path";
import { launchBrowser } from "../../tests/dashboard/chromium.ts";
import { projectRoot, runScript } from "../project.ts";

const folder = join(projectRoot, "dashboard", "static");

/** File, size in px, and whether the ground reaches the edges because the system cuts its own shape. */
const icons: readonly [file: string, size: number, whole: boolean][] = [
  ["icon-180.png", 180, true],
  ["icon-192.png", 192, false],
  ["icon-512.png", 512, false],
  ["icon-maskable-512.png", 512, true],
];

async function main(): Promise<number> {
  const svg = await Deno.readTextFile(join(folder, "icon.svg"));
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    for (const [file, size, whole] of icons) {
      await page.setViewportSize({ width: size, height: size });
      const drawn = whole ? svg.replace(' rx="14"', "").replace("0 0 64 64", "-6 -6 76 76") : svg;
      const ground = whole ? "#5b6cf0" : "transparent";
      await page.setContent(
        `<style>*{margin:0;background:${ground}}svg{display:block;width:100vw;height:100vh}</style>${drawn}`,
      );
      await page.screenshot({ path: join(folder, file), omitBackground: true });
      console.log(file);
    }
  } finally {
    await browser.close();
  }
  return 0;
}

if (import.meta.main) await runScript("icons", main);
