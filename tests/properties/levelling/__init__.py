"""Resource levelling: feasible, as early as the rule allows, and the same bytes always."""
