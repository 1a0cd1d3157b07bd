// Owns: the page for a browser that is not signed in: how to get in.

/** Nothing is loaded with it: whoever sees it is not given any file either. */
const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>hermes: not signed in</title>
</head>
<body>
<main>
<h1>This browser is not signed in</h1>
<p>The dashboard opens with a token that the server makes when it starts. It is missing here, or the
server was started again since.</p>
<p>Open a terminal on the machine hermes runs on and type:</p>
<pre>hermes dashboard</pre>
<p>It opens the dashboard with a new token, or prints the address to open by hand.</p>
<p><a href="/">Try again</a></p>
</main>
</body>
</html>
`;

/** Answers a person who opens an address without having shown the token. */
export function signInPage(headers: Record<string, string>): Response {
  return new Response(page, {
    status: 401,
    headers: { "content-type": "text/html; charset=utf-8", ...headers },
  });
}
