/** Lets the app open without its server. Only where it was built: in development the modules change all the time. */
export function keepOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  window.addEventListener('load', () => {
    void navigator.serviceWorker
      .register('/service-worker.js')
      .then(() => navigator.serviceWorker.ready)
      .then((registration) => {
        const loaded = performance
          .getEntriesByType('resource')
          .map((entry) => new URL(entry.name))
          .filter((url) => url.origin === window.location.origin)
          .map((url) => url.pathname);
        registration.active?.postMessage([...new Set(loaded)]);
      })
      .catch(() => {
        // Without it the app works as before, only not offline.
      });
  });
}
