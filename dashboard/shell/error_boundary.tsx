// Owns: what is shown when a part of the page breaks: the rest goes on, and a reload is one click away.

import { Component, type ReactNode } from "react";
import { Button } from "../parts/button.tsx";
import { Icon } from "../parts/icon.tsx";

interface State {
  error: unknown;
  broken: boolean;
}

export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null, broken: false };

  static getDerivedStateFromError(error: unknown): State {
    return { error, broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    const { error } = this.state;
    return (
      <div className="empty" role="alert">
        <Icon name="alert" size={24} />
        <p className="empty-title">This part of the dashboard broke</p>
        <p className="anywhere mono">{error instanceof Error ? error.message : String(error)}</p>
        <p>Nothing on the board was lost. The other pages still work.</p>
        <div className="row">
          <Button onClick={() => this.setState({ error: null, broken: false })}>Try again</Button>
          <Button look="primary" onClick={() => location.reload()}>Reload</Button>
        </div>
      </div>
    );
  }
}
