-- What leads from the plan to the P80 of finish and cost, part by part? Values between plan and all add up from the one to the
-- other. For runs whose folders were asked to keep that: riskengine contributions results/plan --keep.
SELECT R.project, R.scenario_key, C.measure, C.number, C.kind, C.player, C.name, C.value, C.ci_low, C.ci_high, R.currency,
       C.rule
FROM dim_run AS R
JOIN fact_contribution AS C ON C.run_key = R.run_key AND C.statistic = 'p80'
WHERE R.status_date = (SELECT MAX(L.status_date) FROM dim_run AS L WHERE L.scenario_key = R.scenario_key)
ORDER BY R.project, R.scenario_key, C.measure DESC, C.number
