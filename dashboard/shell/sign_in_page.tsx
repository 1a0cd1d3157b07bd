// Owns: the page for somebody the server does not know: how to get in.

import { Button } from "../parts/button.tsx";

export function SignInPage() {
  return (
    <main className="sign-in">
      <h1>This browser is not signed in</h1>
      <p>
        The dashboard opens with a token that the server makes when it starts. It is missing here,
        or the server was started again since.
      </p>
      <p>Open a terminal on the machine hermes runs on and type:</p>
      <pre className="sign-in-command">hermes dashboard</pre>
      <p className="soft">
        It opens this page with a new token, or prints the address to open by hand.
      </p>
      <Button look="primary" onClick={() => location.reload()}>Try again</Button>
    </main>
  );
}
