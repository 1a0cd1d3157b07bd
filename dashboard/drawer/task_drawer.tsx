// Owns: the sheet that shows one task.

import { useTask } from "../api/queries.ts";
import { StatusDot } from "../parts/badge.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { Markdown } from "../parts/markdown.tsx";
import { Failure, SkeletonLines } from "../parts/skeleton.tsx";
import { useCloseTask } from "../shell/place.ts";

export default function TaskDrawer({ id }: { id: string }) {
  const close = useCloseTask();
  const { data, error, refetch } = useTask(id);
  return (
    <Dialog kind="side" title={data?.task.title ?? id} onClose={close}>
      <div className="dialog-body">
        {error
          ? <Failure title={`Task ${id} cannot be shown`} error={error} onRetry={refetch} />
          : data
          ? (
            <>
              <p className="row">
                <StatusDot status={data.task.status} /> {data.task.status}
                <span className="faint mono">{id}</span>
              </p>
              <Markdown text={data.task.body ?? ""} />
            </>
          )
          : <SkeletonLines lines={5} />}
      </div>
    </Dialog>
  );
}
