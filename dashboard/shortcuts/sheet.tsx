// Owns: the sheet that shows every key.

import { Dialog } from "../parts/dialog.tsx";
import { Keys } from "./keys_text.tsx";
import { showOverlay } from "./overlay.ts";
import { shortcuts } from "./table.ts";

export default function ShortcutSheet() {
  const groups = [...Map.groupBy(shortcuts, ({ group }) => group)];
  return (
    <Dialog title="Keyboard shortcuts" width={720} onClose={() => showOverlay(null)}>
      <div className="dialog-body sheet" tabIndex={0} role="group" aria-label="Keys">
        {groups.map(([group, keys]) => (
          <section key={group} className="sheet-group">
            <h3>{group}</h3>
            <dl>
              {keys.map((shortcut) => (
                <div key={`${shortcut.keys} ${shortcut.words}`} className="sheet-row">
                  <dt>{shortcut.words}</dt>
                  <dd>
                    <Keys keys={shortcut.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
