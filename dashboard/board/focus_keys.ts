// Owns: moving from card to card with the arrows.

/** Moves the focus one card up, down, or to the next column with cards. True when the key was used. */
export function moveFocus(key: string, from: HTMLElement): boolean {
  const list = from.closest<HTMLElement>("[data-list]");
  if (!list) return false;
  const cards = cardsIn(list);
  const index = cards.indexOf(from);
  switch (key) {
    case "ArrowDown":
      return focus(cards[index + 1]) || scrollOn(list, 1);
    case "ArrowUp":
      return focus(cards[index - 1]) || scrollOn(list, -1);
    case "ArrowRight":
      return focusBeside(list, from, 1);
    case "ArrowLeft":
      return focusBeside(list, from, -1);
    default:
      return false;
  }
}

/** The card links of a list, from top to bottom: those that exist at the moment. */
function cardsIn(list: HTMLElement): HTMLElement[] {
  const links = [...list.querySelectorAll<HTMLElement>("a.card-title")];
  return links.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
}

function focus(card: HTMLElement | undefined): boolean {
  if (!card) return false;
  card.focus({ preventScroll: true });
  card.closest(".card")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  return true;
}

/** Brings more of the list into being, so that the next key finds a card there. */
function scrollOn(list: HTMLElement, direction: 1 | -1): boolean {
  list.scrollBy({ top: direction * 120 });
  return true;
}

function focusBeside(list: HTMLElement, from: HTMLElement, step: 1 | -1): boolean {
  const lists = [...document.querySelectorAll<HTMLElement>("[data-list]")];
  const height = from.getBoundingClientRect().top;
  for (let at = lists.indexOf(list) + step; lists[at]; at += step) {
    const [nearest] = cardsIn(lists[at]!).map((card) => ({
      card,
      far: Math.abs(card.getBoundingClientRect().top - height),
    })).sort((a, b) => a.far - b.far);
    if (nearest) return focus(nearest.card);
  }
  return false;
}
