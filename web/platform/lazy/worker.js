// Does beside the page, which goes on meanwhile, what takes longer: an action of one of these
// libraries. One task a worker: to end it is to give the task up.

const libraries = { sheets: () => import('./sheets.js'), exports: () => import('./exports.js') };

self.onmessage = async ({ data: { library, action, what } }) => {
  try {
    const { actions } = await libraries[library]();
    const bytes = await actions[action](...what);
    self.postMessage({ bytes }, [bytes.buffer]);
  } catch (error) {
    self.postMessage({ problem: { code: error.code, message: error.message } });
  }
};
