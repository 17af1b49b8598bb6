# Model enterprises

demo-enterprise-name = National model IP enterprise: application
demo-enterprise-about = Filled in the national system, then reviewed by the city and recommended by the province.
demo-enterprise-if-base = As a rule a national IP advantage enterprise, or sound IP rules and a provincial honour
demo-enterprise-is-advantage = Are you a national IP advantage enterprise?
demo-enterprise-honours = Honours of the province or above
demo-enterprise-evidence = Evidence (by the indicators of the evaluation)
