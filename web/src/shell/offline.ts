/** Lets the app open without its server. Only in a built app: during development, modules change all the time. */
export function keepOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const register = (): void => {
    void navigator.serviceWorker
      .register('/service-worker.js')
      .then(() => navigator.serviceWorker.ready)
      .then((registration) => {
        // Resources that were being loaded when the worker took over are reported once they have arrived.
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
        // Without it the app works as before, except offline.
      });
  };
  if (document.readyState === 'complete') register();
  else window.addEventListener('load', register);
}
