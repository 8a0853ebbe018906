-- What do all projects of a currency cost together with 80 % certainty? Iteration by iteration: projects are drawn
-- independently of each other, so the sum of their P80 would be too much. Scenarios of one project share their draws.
SELECT currency, COUNT(*) AS iterations, PERCENTILE_DISC(0.8) WITHIN GROUP (ORDER BY cost) AS cost_p80, AVG(cost) AS cost_mean
FROM (
    SELECT R.currency, F.iteration, SUM(F.cost) AS cost, COUNT(*) AS scenarios,
           MAX(COUNT(*)) OVER (PARTITION BY R.currency) AS all_scenarios
    FROM dim_run AS R
    JOIN fact_iteration AS F ON F.run_key = R.run_key AND F.target = 'project'
    WHERE R.status_date = (SELECT MAX(L.status_date) FROM dim_run AS L WHERE L.scenario_key = R.scenario_key)
    GROUP BY R.currency, F.iteration
) AS together
WHERE scenarios = all_scenarios
GROUP BY currency
ORDER BY currency
