// Owns: the house's lint plugin: the structure gates that look at one file at a time.

import { arrows } from "./rules/arrows.ts";
import { fileShape, wholeSuite } from "./rules/file_shape.ts";
import { machine } from "./rules/machine.ts";
import { oneDoor } from "./rules/one_door.ts";

export default {
  name: "hermes",
  rules: {
    "arrows": arrows,
    "machine": machine,
    "one-door": oneDoor,
    "file-shape": fileShape,
    "whole-suite": wholeSuite,
  },
} satisfies Deno.lint.Plugin;
