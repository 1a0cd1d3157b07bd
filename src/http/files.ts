// Owns: files of tasks over HTTP: taking them in and handing them out.

import type { Context, Hono } from "hono";
import { HermesError } from "../base/errors.ts";
import { attach, attachment } from "../ops/tasks/attach.ts";
import { runOp } from "../ops/run.ts";
import { openFileInside } from "../platform/file_stream.ts";
import { withTempFile } from "../platform/temp_file.ts";
import { json } from "./answer.ts";
import type { ApiWorld } from "./api.ts";
import { readBytes } from "./body.ts";
import { atDesk } from "./desks.ts";
import { foreignFilePolicy } from "./headers.ts";
import { apiBase } from "./base_path.ts";

/** Bytes of one uploaded file at most. */
const maxFileBytes = 25 * 1024 * 1024;
/** What a form may need besides its files. */
const formBytes = 64 * 1024;

/** Methods and paths that are answered here. */
export const filePaths: readonly (readonly [string, string])[] = [
  ["POST", `${apiBase}/tasks/:task_id/attachments`],
  ["GET", `${apiBase}/attachments/:attachment_id`],
];

/** Adds the addresses. */
export function addFiles(app: Hono, world: ApiWorld): void {
  app.post(`${apiBase}/tasks/:task_id/attachments`, (c) => upload(c, world));
  app.get(`${apiBase}/attachments/:attachment_id`, (c) => download(c, world));
}

/** Takes the file `file` of a form; several are taken one after the other. */
async function upload(c: Context, { desks, actor }: ApiWorld): Promise<Response> {
  const request = c.req.raw;
  const id = c.req.param("task_id") ?? "";
  const files = await filesOf(request);
  return await atDesk(request, desks, async (desk) => {
    const context = desk.as(actor);
    const attachments = [];
    for (const file of files) {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const made = await withTempFile(
        bytes,
        (path) => runOp(attach, context, { task_id: id, path, name: file.name }),
      );
      attachments.push(made.attachment);
    }
    return json({ attachment: attachments[0], attachments }, 201);
  });
}

async function filesOf(request: Request): Promise<File[]> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\b/i.test(type)) {
    throw new HermesError("usage", "Cannot attach: the body is no form with a file", {
      remedy: "Send multipart/form-data with the file in the field `file`.",
    });
  }
  const bytes = await readBytes(request, maxFileBytes + formBytes);
  let form: FormData;
  try {
    form = await new Response(bytes, { headers: { "content-type": type } }).formData();
  } catch {
    throw new HermesError("usage", "Cannot attach: the form cannot be read");
  }
  const files = form.getAll("file").filter((value) => value instanceof File);
  if (files.length > 0) return files;
  throw new HermesError("invalid", "Cannot attach: the form has no file", {
    remedy: "Send the file in the field `file`.",
    details: { field: "file" },
  });
}

/** Hands a file out to be saved: a browser neither shows it nor guesses what it is. */
async function download(c: Context, { desks, actor }: ApiWorld): Promise<Response> {
  const text = c.req.param("attachment_id") ?? "";
  const id = Number(text);
  if (!/^\d{1,15}$/.test(text) || id < 1) {
    throw new HermesError("malformed", `Cannot find attachment "${text}": expected a number`, {
      details: { field: "attachment_id" },
    });
  }
  return await atDesk(c.req.raw, desks, async (desk) => {
    const context = desk.as(actor);
    const { attachment: found } = await runOp(attachment, context, { attachment_id: id });
    const { filename, content_type, stored_path } = found;
    const file = await openFileInside(context.boardPaths.attachmentsRoot, stored_path);
    if (file === null) throw missing(id, filename);
    return new Response(file.stream, {
      headers: {
        "content-type": safeType(content_type),
        "content-length": String(file.size),
        "content-disposition": disposition(filename),
        "content-security-policy": foreignFilePolicy,
        "cache-control": "private, no-cache",
      },
    });
  });
}

/** The name in ASCII for old programs, and as it is. No character can end the header or a quote. */
export function disposition(filename: string): string {
  const plain = filename.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const whole = encodeURIComponent(filename.toWellFormed())
    .replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}

/** A type of which nothing runs in the reader, or one that says nothing. */
function safeType(type: string | null): string {
  const known = type ?? "";
  if (!/^[\w.+-]+\/[\w.+-]+$/.test(known)) return "application/octet-stream";
  return /html|xml|svg|script/i.test(known) ? "application/octet-stream" : known;
}

function missing(id: number, filename: string): HermesError {
  return new HermesError(
    "not_found",
    `Cannot read attachment "${id}": the file "${filename}" is not in the board's folder`,
  );
}
