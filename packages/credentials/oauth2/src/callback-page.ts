/** What a browser shows at the end of a login. */
export function callbackPage(sentence: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>mailtide</title>
<style>body { font: 1.1em/1.5 system-ui, sans-serif; max-width: 32em; margin: 20vh auto; padding: 0 1em }</style>
<h1>mailtide</h1>
<p>${sentence}</p>
</html>
`
}
