# Madrid marks

madrid-subsidy-name = Subsidy for Madrid registrations
madrid-subsidy-about = After an international trademark registration is complete.
madrid-subsidy-draft = The form and amounts of Suzhou and Wujiang have not been seen; the papers follow another city's guide of 2017. The notice of your year decides.
madrid-subsidy-if-holder = The applicant is the registered holder
madrid-subsidy-if-completed = The registration is complete, not pending
madrid-subsidy-mark = Name of the mark
madrid-subsidy-base-no = Number of the basic registration or application
madrid-subsidy-base-date = Date of the basic registration or application
madrid-subsidy-madrid-no = International registration number
madrid-subsidy-registered-on = Date of international registration
madrid-subsidy-designated = Designated contracting parties (separate several with commas)
madrid-subsidy-designated-example = Japan, Republic of Korea, European Union
madrid-subsidy-classes = Classes of goods or services
madrid-subsidy-fees = Fees paid
madrid-subsidy-agent = Agent
madrid-subsidy-registration = Proof of registration or protection
madrid-subsidy-invoices = Invoices of the fees
madrid-subsidy-handler-papers = Authority and identity of the person who files
