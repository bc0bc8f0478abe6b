/** The roles in the order in which people choose them (product.md, "Who uses it"). Words: role.* and house.*. */
export const roles = ['operator', 'producer', 'director', 'scout', 'distributor', 'lead', 'viewer'] as const;
export const houses = ['member', 'lead', 'admin'] as const;
export type RoleName = (typeof roles)[number];
