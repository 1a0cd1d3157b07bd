// Owns: the version of the product. The changelog's newest release carries the same number.

export const version = "0.1.0";
