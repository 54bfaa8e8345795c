// Keeps the whole site for use without a network. cmake/site.py puts Workbox and the list of files
// with their hashes (`tongchengFiles`) before this.

/* global workbox, tongchengFiles */

workbox.precaching.cleanupOutdatedCaches();
workbox.precaching.precacheAndRoute(tongchengFiles, {
  directoryIndex: 'index.html',
  ignoreURLParametersMatching: [/.*/], // ?lang, ?programme, … are the page's own affair
});
workbox.core.clientsClaim();

// A new version waits until the page says that nobody is talking.
self.addEventListener('message', ({ data }) => {
  if (data?.type === 'SKIP_WAITING') self.skipWaiting();
});
