// Owns: the board page.

import { useBoard } from "../api/queries.ts";

export default function BoardPage() {
  const { data } = useBoard({ tenant: "", includeArchived: false, doneLimit: 100 });
  return <pre>{JSON.stringify(data?.columns.map(({ name, tasks }) => [name, tasks.length]))}</pre>;
}
