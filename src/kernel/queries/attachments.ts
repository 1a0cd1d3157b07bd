// Owns: the SQL of table `task_attachments`.

import type { ReadTx, WriteTx } from "../engine/port.ts";
import type { AttachmentRow } from "../model/rows.ts";

const columns = `id, task_id, filename, stored_path, content_type, size, uploaded_by, created_at`;

export const sql = {
  /** A fence is a run id: the row appears only while that run is open. Null = no fence. */
  insert: `INSERT INTO task_attachments
      (task_id, filename, stored_path, content_type, size, uploaded_by, created_at)
    SELECT ?, ?, ?, ?, ?, ?, ? WHERE CAST(? AS INTEGER) IS NULL
       OR EXISTS (SELECT 1 FROM task_runs WHERE id = ? AND ended_at IS NULL)`,
  byId: `SELECT ${columns} FROM task_attachments WHERE id = ?`,
  ofTask: `SELECT ${columns} FROM task_attachments WHERE task_id = ? ORDER BY id`,
  remove: `DELETE FROM task_attachments WHERE id = ?`,
} as const;

/** Inserts a row unless the fencing run is closed; its id, or null. */
export async function insertAttachment(
  tx: WriteTx,
  row: Omit<AttachmentRow, "id">,
  fence: number | null,
): Promise<number | null> {
  const { task_id, filename, stored_path, content_type, size, uploaded_by, created_at } = row;
  const change = await tx.run(sql.insert, [
    task_id,
    filename,
    stored_path,
    content_type,
    size,
    uploaded_by,
    created_at,
    fence,
    fence,
  ]);
  return change.changes > 0 ? change.lastId : null;
}

/** A task's attachments, oldest first. */
export function attachmentsOfTask(tx: ReadTx, taskId: string): Promise<AttachmentRow[]> {
  return tx.all<AttachmentRow>(sql.ofTask, [taskId]);
}

export function attachmentById(tx: ReadTx, id: number): Promise<AttachmentRow | undefined> {
  return tx.get<AttachmentRow>(sql.byId, [id]);
}
