// Owns: profiles as a list to choose from.

/**
 * Each profile with what it is good at. A `chosen` name that is no profile any more is in the list as well, so that
 * it is seen.
 */
export function profileChoices(
  profiles: readonly { name: string; description: string }[],
  chosen = "",
): { value: string; label: string; detail: string }[] {
  const known = profiles.map(({ name, description }) => {
    return { value: name, label: name, detail: description };
  });
  if (chosen === "" || profiles.some(({ name }) => name === chosen)) return known;
  return [...known, { value: chosen, label: chosen, detail: "There is no such profile" }];
}
