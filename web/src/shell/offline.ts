/** Lets the app open without its server. Only where it was built: in development the modules change all the time. */
export function keepOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const register = (): void => {
    void navigator.serviceWorker
      .register('/service-worker.js')
      .then(() => navigator.serviceWorker.ready)
      .then((registration) => {
        // Those that were on their way when the worker took over are named when they have come.
        const observer = new PerformanceObserver((list) => {
          const loaded = list
            .getEntries()
            .map((entry) => new URL(entry.name))
            .filter((url) => url.origin === window.location.origin)
            .map((url) => url.pathname);
          registration.active?.postMessage([...new Set(loaded)]);
        });
        observer.observe({ type: 'resource', buffered: true });
      })
      .catch(() => {
        // Without it the app works as before, only not offline.
      });
  };
  if (document.readyState === 'complete') register();
  else window.addEventListener('load', register);
}
