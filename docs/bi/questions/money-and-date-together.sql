-- Which date with which money is kept at once with the level asked for, and how sure are the plan and the gates of both?
SELECT R.project, R.scenario_key, J.point, J.gate, J.target, J.level, J.finish_date, J.cost, R.currency, J.joint,
       J.joint_ci_low, J.joint_ci_high, J.on_time, J.in_budget
FROM dim_run AS R
JOIN fact_joint AS J ON J.run_key = R.run_key AND J.point <> 'frontier'
WHERE R.status_date = (SELECT MAX(L.status_date) FROM dim_run AS L WHERE L.scenario_key = R.scenario_key)
ORDER BY R.project, R.scenario_key, J.number
