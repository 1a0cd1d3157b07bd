// Owns: proof of how points in time are read.

import assert from "node:assert/strict";
import { HermesError } from "../../src/base/errors.ts";
import { parseMoment } from "../../src/base/moment.ts";

Deno.test("U-015 parseMoment() reads epoch seconds, zones, local times and days", () => {
  assert.equal(parseMoment(" 1790000000 "), 1_790_000_000);
  const utc = Date.UTC(2030, 0, 7, 9, 30) / 1000;
  for (const text of ["2030-01-07T09:30Z", "2030-01-07 09:30:00z", "2030-01-07T09:30:00.9Z"]) {
    assert.equal(parseMoment(text), utc, text);
  }
  assert.equal(parseMoment("2030-01-07T11:30+02:00"), utc);
  assert.equal(parseMoment("2030-01-07T04:00-0530"), utc);
  assert.equal(parseMoment("2030-01-07 09:30"), new Date(2030, 0, 7, 9, 30).getTime() / 1000);
  assert.equal(parseMoment("2028-02-29"), new Date(2028, 1, 29).getTime() / 1000);
});

Deno.test("U-015 parseMoment() refuses what is no point in time, with the forms it takes", () => {
  const bad = "|soon|-5|1.5|2030|2030-1-7|2030-02-29|2030-04-31|2030-13-01|2030-00-01|09:30|" +
    "2030-01-07T25:00|2030-01-07T09:61|2030-01-07T09:30+2|2030-01-07 9:30|1790000000000";
  for (const text of bad.split("|")) {
    assert.throws(() => parseMoment(text), (error: unknown) => {
      assert.ok(error instanceof HermesError && error.code === "usage", text);
      assert.match(error.remedy ?? "", /2026-08-01 14:30/);
      return true;
    }, text);
  }
});
