/** The model that answers by default wherever it is trained: known here before any model is loaded. */
export const FIRST_CHOICE = 'hybrid';
