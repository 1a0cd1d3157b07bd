// Owns: the navigation: a rail at the side, a bar at the bottom where the screen is narrow.

import { Link } from "wouter";
import { Icon } from "../parts/icon.tsx";
import { Tip } from "../parts/tip.tsx";
import { hrefOf, pages } from "./pages.ts";

export function Navigation({ path }: { path: string }) {
  return (
    <nav className="rail" aria-label="Pages">
      <span className="rail-logo" aria-hidden="true">
        <svg viewBox="0 0 16 16" width="18" height="18" fill="none" stroke="currentColor">
          <path d="M4 2.5v11M12 2.5v11M4 8h8" strokeWidth="2" strokeLinecap="round" />
        </svg>
      </span>
      {pages.map((page) => {
        if (!page.icon) return null;
        const href = hrefOf(page);
        const here = href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
        return (
          <Tip key={page.path} text={page.name} hint={page.keys} side="right">
            <Link className="rail-link" href={href} aria-current={here ? "page" : undefined}>
              <Icon name={page.icon} size={18} />
              <span className="rail-label">{page.name}</span>
            </Link>
          </Tip>
        );
      })}
    </nav>
  );
}
