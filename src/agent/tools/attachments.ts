// Owns: the tools `kanban_attach` and `kanban_attachments`.

import { HermesError } from "../../base/errors.ts";
import { attach, attachments } from "../../ops/tasks/attach.ts";
import type { OpContext } from "../../ops/context.ts";
import { runOp } from "../../ops/run.ts";
import { writeBytesNew } from "../../platform/transfer.ts";
import { removeTreeInside } from "../../platform/files.ts";
import { parentPath } from "../../platform/paths.ts";
import { makeTempDir } from "../../platform/temp_dir.ts";
import { type AgentTool, objectSchema } from "../tool.ts";
import { optionalText } from "./arguments.ts";
import { confine } from "./workspace_path.ts";

/** Bytes of the largest file that can be attached. */
const maxBytes = 25 * 1024 * 1024;

const taskField = { type: "string", description: "Id of the task; your own unless given." };

/** Tools for the files of tasks. A worker attaches to its own task and sees those of any. */
export function attachmentTools(context: OpContext, workspace: string): AgentTool[] {
  return [attachTool(context, workspace), attachmentsTool(context)];
}

function attachTool(context: OpContext, workspace: string): AgentTool {
  return {
    name: "kanban_attach",
    description:
      "Attach a file to your task, so that people and later tasks have it. Give either the " +
      "path of a file in the workspace, or content_base64 with a name. At most 25 MB.",
    parameters: objectSchema({
      path: { type: "string", description: "File in the workspace." },
      content_base64: { type: "string", description: "The file's bytes, base64." },
      name: { type: "string", description: "Name to keep it under." },
      task_id: taskField,
    }),
    async run(args) {
      const path = optionalText(args, "path", "");
      const content = optionalText(args, "content_base64", "");
      const name = optionalText(args, "name", "");
      if ((path === "") === (content === "")) {
        throw new HermesError("usage", "Cannot attach: give either path or content_base64");
      }
      if (content !== "" && name === "") {
        throw new HermesError("usage", 'Cannot attach: "name" is required with content_base64');
      }
      const task_id = ownTask(context, optionalText(args, "task_id", ""));
      const file = path === ""
        ? await writtenOut(content, name)
        : { path: await confine(workspace, path), discard: () => Promise.resolve() };
      try {
        const wanted = { task_id, path: file.path, ...(name === "" ? {} : { name }) };
        const { attachment } = await runOp(attach, context, wanted);
        const { id, filename, stored_path, size } = attachment;
        return JSON.stringify({ ok: true, attachment: { id, filename, stored_path, size } });
      } finally {
        await file.discard();
      }
    },
  };
}

function attachmentsTool(context: OpContext): AgentTool {
  return {
    name: "kanban_attachments",
    description:
      "List the files attached to a task. read_file reads those of your task by stored_path.",
    parameters: objectSchema({ task_id: taskField }),
    async run(args) {
      const task_id = ownTask(context, optionalText(args, "task_id", ""));
      return JSON.stringify({ ok: true, ...await runOp(attachments, context, { task_id }) });
    },
  };
}

function ownTask({ actor }: OpContext, named: string): string {
  const id = named || actor.taskId;
  if (id) return id;
  throw new HermesError("usage", 'Cannot read arguments: "task_id" is required');
}

/** The bytes of a base64 text in a file of their own. */
async function writtenOut(
  content: string,
  name: string,
): Promise<{ path: string; discard(): Promise<void> }> {
  const plain = content.replace(/^data:[^,]*;base64,/, "").replace(/\s+/g, "");
  if (plain.length > Math.ceil(maxBytes / 3) * 4) {
    throw new HermesError("invalid", `Cannot attach file "${name}": it has more than 25 MB`);
  }
  const bytes = decoded(plain, name);
  const folder = await makeTempDir("hermes-attach-");
  // The name is the board's to judge; here it only has to be a file.
  const path = `${folder}/content`;
  const discard = async () => {
    await removeTreeInside(parentPath(folder), folder).catch(() => {});
  };
  try {
    await writeBytesNew(path, bytes);
  } catch (thrown) {
    await discard();
    throw thrown;
  }
  return { path, discard };
}

function decoded(text: string, name: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    throw new HermesError("invalid", `Cannot attach file "${name}": its content is no base64`, {
      remedy: "Write the file into the workspace and give its path instead.",
    });
  }
}
