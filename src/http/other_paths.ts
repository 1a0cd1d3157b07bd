// Owns: the addresses that no operation describes, for the reference.

import type { OperationDocument } from "./openapi.ts";
import { apiBase } from "./base_path.ts";

const error = { $ref: "#/components/responses/Error" };

function parameter(name: string, place: "path" | "query", type: string, description: string) {
  return { name, in: place, required: place === "path", description, schema: { type } };
}

function answers(status: string, type: string, description: string) {
  return {
    [status]: { description, content: { [type]: { schema: {} } } },
    default: error,
  };
}

const board = parameter(
  "board",
  "query",
  "string",
  "Slug of the board; without it the current one",
);

/** Path → method → what it does. */
export const otherPaths: Record<string, Record<string, OperationDocument>> = {
  [`${apiBase}/events`]: {
    get: {
      operationId: "events",
      summary: "WebSocket: frames {events, cursor} as things happen, at most 200 events each",
      tags: ["events"],
      parameters: [
        parameter("since", "query", "integer", "Number of the last event seen; 0 for all"),
        parameter("token", "query", "string", "The session token, for clients without the cookie"),
        board,
      ],
      responses: { 101: { description: "The socket; code 1008: no token, 4001: begin anew" } },
    },
  },
  [`${apiBase}/tasks/:task_id/attachments`]: {
    post: {
      operationId: "attachments_upload",
      summary: "Attach files, each at most 25 MB",
      tags: ["tasks"],
      parameters: [parameter("task_id", "path", "string", "Id of the task"), board],
      requestBody: {
        required: true,
        content: {
          "multipart/form-data": {
            schema: {
              type: "object",
              required: ["file"],
              properties: { file: { type: "string", format: "binary" } },
            },
          },
        },
      },
      responses: answers("201", "application/json", "The attachments"),
    },
  },
  [`${apiBase}/attachments/:attachment_id`]: {
    get: {
      operationId: "attachments_download",
      summary: "Download a file of a task",
      tags: ["attachments"],
      parameters: [
        parameter("attachment_id", "path", "integer", "Number of the attachment"),
        board,
      ],
      responses: answers("200", "application/octet-stream", "The file"),
    },
  },
  [`${apiBase}/tasks/:task_id/log/stream`]: {
    get: {
      operationId: "log_stream",
      summary: "Server-Sent Events: the log of a task's worker while it is written",
      tags: ["tasks"],
      parameters: [
        parameter("task_id", "path", "string", "Id of the task"),
        parameter("tail", "query", "integer", "Bytes from the end to begin with; 100000"),
        parameter("from", "query", "integer", "Byte to begin with"),
        board,
      ],
      responses: answers("200", "text/event-stream", "Events `log` and `run`"),
    },
  },
  [`${apiBase}/runs/:run_id/transcript/stream`]: {
    get: {
      operationId: "transcript_stream",
      summary: "Server-Sent Events: the transcript of a run while it is written",
      tags: ["runs"],
      parameters: [
        parameter("run_id", "path", "integer", "Number of the run"),
        parameter("tail", "query", "integer", "Bytes from the end to begin with; 100000"),
        parameter("from", "query", "integer", "Byte to begin with"),
        board,
      ],
      responses: answers("200", "text/event-stream", "Events `entries` and `end`"),
    },
  },
  "/api/health": {
    get: {
      operationId: "health",
      summary: "Whose server this is",
      tags: ["server"],
      parameters: [],
      responses: answers("200", "application/json", "Name, version and home"),
    },
  },
  "/api/login-code": {
    post: {
      operationId: "login_code",
      summary: "A word that lets one browser in once, as /?token=<code>",
      tags: ["server"],
      parameters: [],
      responses: answers("200", "application/json", "The word"),
    },
  },
};
