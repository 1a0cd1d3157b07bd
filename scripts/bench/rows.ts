// Owns: the list of all rows, in the order of the table.

import type { Row } from "./figure.ts";
import { cli } from "./rows/cli.ts";
import { crowd } from "./rows/crowd.ts";
import { dashboard } from "./rows/dashboard.ts";
import { dashboardHour } from "./rows/dashboard_hour.ts";
import { gateway } from "./rows/gateway.ts";
import { fanOut, promotion } from "./rows/graph.ts";
import { httpBoard, httpEvents, httpTabs } from "./rows/http.ts";
import { large } from "./rows/large.ts";
import { brief, list, stats } from "./rows/reading.ts";
import { tick, tickLarge } from "./rows/tick.ts";
import { startWorker, watch } from "./rows/waking.ts";
import { create, cycles } from "./rows/writing.ts";

export const rows: readonly Row[] = [
  tick,
  tickLarge,
  large,
  promotion,
  fanOut,
  list,
  stats,
  brief,
  cycles,
  crowd,
  create,
  startWorker,
  watch,
  cli,
  gateway,
  httpBoard,
  httpEvents,
  httpTabs,
  dashboard,
  dashboardHour,
];
