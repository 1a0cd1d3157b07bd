// Owns: the texts of the profiles that come with hermes.

import analystConfig from "../../profiles/analyst/config.yaml" with { type: "text" };
import analystCard from "../../profiles/analyst/profile.yaml" with { type: "text" };
import analystSoul from "../../profiles/analyst/SOUL.md" with { type: "text" };
import backendEngConfig from "../../profiles/backend-eng/config.yaml" with { type: "text" };
import backendEngCard from "../../profiles/backend-eng/profile.yaml" with { type: "text" };
import backendEngSoul from "../../profiles/backend-eng/SOUL.md" with { type: "text" };
import frontendEngConfig from "../../profiles/frontend-eng/config.yaml" with { type: "text" };
import frontendEngCard from "../../profiles/frontend-eng/profile.yaml" with { type: "text" };
import frontendEngSoul from "../../profiles/frontend-eng/SOUL.md" with { type: "text" };
import opsConfig from "../../profiles/ops/config.yaml" with { type: "text" };
import opsCard from "../../profiles/ops/profile.yaml" with { type: "text" };
import opsSoul from "../../profiles/ops/SOUL.md" with { type: "text" };
import orchestratorConfig from "../../profiles/orchestrator/config.yaml" with { type: "text" };
import orchestratorCard from "../../profiles/orchestrator/profile.yaml" with { type: "text" };
import orchestratorSoul from "../../profiles/orchestrator/SOUL.md" with { type: "text" };
import pmConfig from "../../profiles/pm/config.yaml" with { type: "text" };
import pmCard from "../../profiles/pm/profile.yaml" with { type: "text" };
import pmSoul from "../../profiles/pm/SOUL.md" with { type: "text" };
import researcherConfig from "../../profiles/researcher/config.yaml" with { type: "text" };
import researcherCard from "../../profiles/researcher/profile.yaml" with { type: "text" };
import researcherSoul from "../../profiles/researcher/SOUL.md" with { type: "text" };
import reviewerConfig from "../../profiles/reviewer/config.yaml" with { type: "text" };
import reviewerCard from "../../profiles/reviewer/profile.yaml" with { type: "text" };
import reviewerSoul from "../../profiles/reviewer/SOUL.md" with { type: "text" };
import writerConfig from "../../profiles/writer/config.yaml" with { type: "text" };
import writerCard from "../../profiles/writer/profile.yaml" with { type: "text" };
import writerSoul from "../../profiles/writer/SOUL.md" with { type: "text" };

/** The files of one template, as they are put into a profile's home. */
export interface TemplateFiles {
  /** `SOUL.md`. */
  soul: string;
  /** `profile.yaml`. */
  card: string;
  /** `config.yaml`. */
  config: string;
}

/** In the order in which a team is usually thought of: who plans, who finds out, who makes, who keeps. */
export const templateFiles: Readonly<Record<string, TemplateFiles>> = {
  orchestrator: { soul: orchestratorSoul, card: orchestratorCard, config: orchestratorConfig },
  researcher: { soul: researcherSoul, card: researcherCard, config: researcherConfig },
  analyst: { soul: analystSoul, card: analystCard, config: analystConfig },
  writer: { soul: writerSoul, card: writerCard, config: writerConfig },
  reviewer: { soul: reviewerSoul, card: reviewerCard, config: reviewerConfig },
  "backend-eng": { soul: backendEngSoul, card: backendEngCard, config: backendEngConfig },
  "frontend-eng": { soul: frontendEngSoul, card: frontendEngCard, config: frontendEngConfig },
  ops: { soul: opsSoul, card: opsCard, config: opsConfig },
  pm: { soul: pmSoul, card: pmCard, config: pmConfig },
};
