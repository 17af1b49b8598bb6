# Fee reduction

fee-reduction-name = Filing for reduced patent fees
fee-reduction-about = Once filed, filing, examination, re-examination fees and annual fees of ten years from the grant are reduced: 85% for one applicant, 70% for two or more.
fee-reduction-if-filer-type = A person, enterprise, public institution, social organisation or non-profit research body
fee-reduction-filer-type = Who files
fee-reduction-filer-type-person = Person
fee-reduction-filer-type-enterprise = Enterprise
fee-reduction-filer-type-institution = Public institution
fee-reduction-filer-type-society = Social organisation
fee-reduction-filer-type-research = Non-profit research body
fee-reduction-if-monthly-income = Person: average monthly income of last year below 5000 yuan
fee-reduction-monthly-income = Average monthly income of last year (yuan)
fee-reduction-if-taxable-income = Enterprise: taxable income of last year below 1,000,000 yuan
fee-reduction-taxable-income = Taxable income of last year (before the annual settlement: of the year before)
fee-reduction-filer-name = Name
fee-reduction-filer-name-example = Zhang Min, or Suzhou Example Technology Co., Ltd.
fee-reduction-situation = Your situation
fee-reduction-situation-employed = Employed
fee-reduction-situation-no-work = Without regular work
fee-reduction-situation-student = Student
fee-reduction-year = Year of the filing
fee-reduction-year-example = 2026
fee-reduction-income-proof = Identity card (both sides) and proof of last year's income
fee-reduction-hardship-proof = Proof of hardship by the county or township authority
fee-reduction-student-proof = Proof of being a student
fee-reduction-tax-return = Business licence and annual corporate tax return (cover and main table, stamped)
fee-reduction-legal-certificate = Legal-person certificate
