// Owns: where the API lies.

/** Everything of the API lies below this path. */
export const apiBase = "/api/plugins/kanban";
