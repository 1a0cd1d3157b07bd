// Owns: the first steps: what a new owner needs to know and do before work gets done.

import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { useProfiles } from "../api/queries.ts";
import { Button } from "../parts/button.tsx";
import { CopyBlock } from "../parts/copy_block.tsx";
import { Icon } from "../parts/icon.tsx";
import { TemplateList } from "../team/template_list.tsx";
import { leaveWelcome } from "./fresh.ts";
import { IdeaStep } from "./idea_step.tsx";
import { ModelStep } from "./model_step.tsx";

export default function WelcomePage() {
  const { data: profiles } = useProfiles();
  const [, navigate] = useLocation();
  const hasModel = profiles?.some(({ model }) => model) ?? false;
  const hasTeam = (profiles?.length ?? 0) > 1;
  const toBoard = () => {
    leaveWelcome();
    navigate("/");
  };
  return (
    <div className="page-narrow welcome">
      <header className="welcome-head">
        <h2>A board on which a team of agents works</h2>
        <p className="soft">
          You drop ideas, agents with names do the tasks, and everything they did stays here to be
          read. Three steps, and it runs.
        </p>
      </header>
      <ol className="welcome-steps">
        <Step number={1} title="Connect a model" done={hasModel}>
          <ModelStep />
        </Step>
        <Step number={2} title="Make a team" done={hasTeam}>
          <p>
            A profile is an agent with a name: a description the planner routes by, a persona, tools
            and, if you like, a model of its own. These come with hermes; more are made in{" "}
            <a href="/settings/profiles">Settings</a>.
          </p>
          <TemplateList />
        </Step>
        <Step number={3} title="Drop an idea" done={false}>
          <IdeaStep />
        </Step>
      </ol>
      <section className="welcome-demo" aria-labelledby="demo-head">
        <h3 id="demo-head">Or watch it work first</h3>
        <p>
          The demo runs in a temporary home with a rehearsed model: no key, no network, nothing of
          yours is touched.
        </p>
        <CopyBlock label="Watch the demo" text="hermes demo" />
      </section>
      <div className="row">
        <Button onClick={toBoard}>Go to the board</Button>
        <span className="soft">These steps stay in the command palette, as “First steps”.</span>
      </div>
    </div>
  );
}

function Step(
  { number, title, done, children }: {
    number: number;
    title: string;
    done: boolean;
    children: ReactNode;
  },
) {
  return (
    <li className="welcome-step" data-done={done || undefined}>
      <span className="welcome-number" aria-hidden="true">
        {done ? <Icon name="check" /> : number}
      </span>
      <div className="welcome-content">
        <h3>
          {title}
          {done && <span className="sr-only">(done)</span>}
        </h3>
        {children}
      </div>
    </li>
  );
}
