// Owns: the name of the lane of the agent inside this program.

export const builtinLane = "builtin";
