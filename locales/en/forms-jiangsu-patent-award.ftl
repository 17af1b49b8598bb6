# Jiangsu Patent Award

jiangsu-patent-award-name = Jiangsu Patent Award: application
jiangsu-patent-award-about = Enter a patent or an inventor; the city pre-reviews and recommends.
jiangsu-patent-award-draft = The official form has not been seen. What goes beyond the patent follows the China Patent Award; the notice of your edition decides.
jiangsu-patent-award-if-granted-by = The grant was announced by the closing date of the edition (second: 31 December 2024); invention, utility model or design
jiangsu-patent-award-if-holder = The patentee is an enterprise, body or person of Jiangsu (an inventor who applies must be a main inventor and a Jiangsu resident)
jiangsu-patent-award-if-benefit = Highly innovative or of unique design, with marked benefit, in line with industrial and environmental policy
jiangsu-patent-award-if-protection = Protective measures are in place
jiangsu-patent-award-award-track = Category
jiangsu-patent-award-award-track-project = Patent project
jiangsu-patent-award-award-track-inventor = Inventor
jiangsu-patent-award-inventor-resident = Is the inventor a resident of Jiangsu?
jiangsu-patent-award-benefits = Economic, social and ecological benefit
jiangsu-patent-award-measures = Measures of protection
jiangsu-patent-award-evidence = Evidence
jiangsu-patent-award-credit-promise = Promise of good credit
