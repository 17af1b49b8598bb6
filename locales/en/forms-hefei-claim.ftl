# Hefei policy claims

hefei-claim-name = Hefei: claiming IP policy support
hefei-claim-about = Grants of domestic inventions need no application. Grants abroad and other clauses are claimed on Hefei's industrial policy platform.
hefei-claim-if-needs-application = You do not claim for domestic invention grants (they need no application)
hefei-claim-clause = Clause you claim under
hefei-claim-clause-example = Invention patents granted abroad
hefei-claim-claim = Amount claimed
hefei-claim-honest = I promise that all I fill in is true and bear the consequences if not
hefei-claim-credit-promise = Promise of honesty and good credit
hefei-claim-evidence = Evidence (stamped, one PDF)
