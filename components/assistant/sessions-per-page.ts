/** How many conversations the list asks for at a time. */
export const SESSIONS_PER_PAGE = 50
