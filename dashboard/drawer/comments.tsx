// Owns: the thread of a task: what was said, and saying something.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import { send } from "../api/client.ts";
import { key } from "../api/keys.ts";
import type { Comment, ShowOutput } from "../api/shapes.ts";
import { ago, dateTime } from "../format/time.ts";
import { Avatar } from "../parts/badge.tsx";
import { Button } from "../parts/button.tsx";
import { TextArea } from "../parts/field.tsx";
import { Markdown } from "../parts/markdown.tsx";
import { taskPath } from "./change_task.ts";
import { Clamp } from "./clamp.tsx";
import { keepDraft, readDraft } from "./drafts.ts";
import { Refusal } from "./section.tsx";

/** What a comment is called until the server has given it a number. */
const unsent = -1;

export function Comments(
  { id, comments, now }: { id: string; comments: readonly Comment[]; now: number },
) {
  return (
    <div className="stack">
      {comments.length > 0 && (
        <ul className="comments" aria-label="Comments">
          {comments.map((comment) => <CommentRow key={comment.id} {...{ comment, now }} />)}
        </ul>
      )}
      <Composer id={id} />
    </div>
  );
}

function CommentRow({ comment, now }: { comment: Comment; now: number }) {
  const { id, author, body, created_at } = comment;
  return (
    <li className="comment" data-unsent={id === unsent || undefined}>
      <Avatar name={author} />
      <div className="comment-words">
        <p className="comment-head">
          <strong className="clip">{author}</strong>
          <span className="faint" title={dateTime(created_at)}>
            {id === unsent ? "sending…" : ago(created_at, now)}
          </span>
        </p>
        <Clamp text={body}>
          {(shown) => (
            <div dir="auto">
              <Markdown text={shown} />
            </div>
          )}
        </Clamp>
      </div>
    </li>
  );
}

/** Enter sends, Shift+Enter begins a new line. What was begun stays when the drawer closes. */
function Composer({ id }: { id: string }) {
  const name = `comment ${id}`;
  const [text, setText] = useState(readDraft(name) ?? "");
  const write = (next: string) => {
    setText(next);
    keepDraft(name, next === "" ? null : next);
  };
  const comment = useComment(id);
  const submit = () => {
    const body = text.trim();
    if (body === "" || comment.isPending) return;
    write("");
    // A refused comment comes back into the field.
    comment.mutate(body, { onError: () => write(text) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  return (
    <div className="stack">
      <div className="composer">
        <TextArea
          id="drawer-comment"
          aria-label="Comment"
          placeholder="Write a comment… Enter sends, Shift+Enter begins a new line"
          dir="auto"
          rows={2}
          value={text}
          onChange={(event) => write(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <Button size="small" look="primary" disabled={text.trim() === ""} onClick={submit}>
          Send
        </Button>
      </div>
      <Refusal error={comment.error} />
    </div>
  );
}

/** Shown at once, and taken back when it is refused. */
function useComment(id: string) {
  const client = useQueryClient();
  const name = key("task", id);
  return useMutation({
    mutationFn: (body: string) => send("POST", taskPath(id, "/comments"), { body: { body } }),
    onMutate: async (body) => {
      await client.cancelQueries({ queryKey: name, exact: true });
      const before = client.getQueryData<ShowOutput>(name);
      client.setQueryData<ShowOutput>(name, (detail) =>
        detail && {
          ...detail,
          comments: [...detail.comments, {
            id: unsent,
            task_id: id,
            author: "you",
            body,
            created_at: Math.floor(Date.now() / 1000),
          }],
        });
      return { before };
    },
    onError: (_error, body, begun) => {
      client.setQueryData(name, begun?.before);
      // Also when the drawer was closed in the meantime.
      keepDraft(`comment ${id}`, body);
    },
    onSettled: () => client.invalidateQueries({ queryKey: name }),
  });
}
