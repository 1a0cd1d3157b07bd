// Owns: the files of a task: those given to it, and those that came of it.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type DragEvent, useRef, useState } from "react";
import { apiUrl, send } from "../api/client.ts";
import { key } from "../api/keys.ts";
import type { Attachment, ShowOutput } from "../api/shapes.ts";
import { fileSize } from "../format/file_size.ts";
import { Button, IconButton } from "../parts/button.tsx";
import { Confirm } from "../parts/confirm.tsx";
import { Icon } from "../parts/icon.tsx";
import { artifactsOf } from "./artifacts.ts";
import { taskPath, useChangeTask } from "./change_task.ts";
import { Refusal, Section } from "./section.tsx";

/** Bytes of one file at most; the server refuses more. */
const mostBytes = 25 * 1024 * 1024;

export function FilesSection({ detail }: { detail: ShowOutput }) {
  const { task: { id }, attachments } = detail;
  const picker = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const upload = useUpload(id);
  const artifacts = artifactsOf(detail);
  const take = (files: readonly File[]) => files.length > 0 && upload.mutate(files);
  const carriesFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");
  return (
    <Section
      title="Files"
      count={attachments.length + artifacts.length}
      actions={
        <Button
          size="small"
          look="plain"
          icon="attach"
          busy={upload.isPending}
          onClick={() => picker.current?.click()}
        >
          {upload.isPending ? "Sending…" : "Attach"}
        </Button>
      }
    >
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label="Files to attach"
        onChange={(event) => {
          take([...event.target.files ?? []]);
          event.target.value = "";
        }}
      />
      <div
        className="files"
        data-over={over || undefined}
        onDragOver={(event) => {
          if (!carriesFiles(event)) return;
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          if (!carriesFiles(event)) return;
          event.preventDefault();
          setOver(false);
          take([...event.dataTransfer.files]);
        }}
      >
        {attachments.length > 0 && (
          <ul aria-label="Attachments">
            {attachments.map((file) => (
              <FileRow
                key={file.id}
                file={file}
                made={artifacts.some(({ path }) => path === file.stored_path)}
              />
            ))}
          </ul>
        )}
        <ArtifactList
          artifacts={artifacts.filter(({ path }) =>
            !attachments.some(({ stored_path }) => stored_path === path)
          )}
        />
        <p className="files-hint">Drop files here, up to 25 MB each.</p>
      </div>
      <Refusal error={upload.error} />
    </Section>
  );
}

function FileRow({ file, made }: { file: Attachment; made: boolean }) {
  const [asking, setAsking] = useState(false);
  const change = useChangeTask(file.task_id);
  return (
    <li className="file">
      <Icon name="attach" />
      <a className="clip" href={apiUrl(`/attachments/${file.id}`)} download={file.filename}>
        <bdi>{file.filename}</bdi>
      </a>
      <span className="faint file-size">
        {made && "made by its worker · "}
        {fileSize(file.size)}
      </span>
      <IconButton
        icon="trash"
        size="small"
        label={`Remove ${file.filename}`}
        onClick={() => setAsking(true)}
      />
      {asking && (
        <Confirm
          title={`Remove ${file.filename}?`}
          action="Remove"
          look="danger"
          onConfirm={() =>
            change.mutateAsync({ method: "DELETE", path: `/attachments/${file.id}` })}
          onClose={() => setAsking(false)}
        >
          <p>The board's copy is deleted. This cannot be undone.</p>
        </Confirm>
      )}
    </li>
  );
}

/** Files that lie elsewhere than on the board: only their place can be told. */
function ArtifactList({ artifacts }: { artifacts: ReturnType<typeof artifactsOf> }) {
  if (artifacts.length === 0) return null;
  return (
    <ul aria-label="Artifacts">
      {artifacts.map(({ name, path, size }) => (
        <li key={path} className="file">
          <Icon name="external" />
          <span className="file-place">
            <bdi>{name}</bdi>
            <span className="mono faint anywhere">{path}</span>
          </span>
          {size !== null && <span className="faint file-size">{fileSize(size)}</span>}
        </li>
      ))}
    </ul>
  );
}

/** Sends files one after the other; those before a refused one stay. */
function useUpload(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (files: readonly File[]) => {
      const large = files.find(({ size }) => size > mostBytes);
      if (large) {
        throw new Error(
          `Cannot attach "${large.name}": it has ${fileSize(large.size)}, and 25 MB is the most`,
        );
      }
      for (const file of files) {
        const form = new FormData();
        form.append("file", file);
        await send("POST", taskPath(id, "/attachments"), { body: form });
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: key("task", id) }),
  });
}
