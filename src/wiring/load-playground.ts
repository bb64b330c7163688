/** Everything that only the playground needs. */
export function loadPlayground() {
  return Promise.all([
    import('../slack/app.ts'),
    import('../playground/local-slack.ts'),
    import('../playground/manifest.ts'),
    import('../playground/playground.ts'),
  ]);
}
