# Anhui Patent Award

anhui-patent-award-name = Anhui Patent Award: application through Hefei
anhui-patent-award-about = Online, no paper; annexes in one PDF of at most 20 MB.
anhui-patent-award-draft = The conditions follow the notice of the tenth edition; the notice of your edition decides.
anhui-patent-award-if-registered = The applicant is registered or resident in Anhui
anhui-patent-award-if-granted-by = The grant was announced by the closing date of the edition (tenth: 31 December 2022)
anhui-patent-award-if-in-force = The patent is in force and stable, without dispute or unpaid fees
anhui-patent-award-if-not-secret = It is no defence or secret patent
anhui-patent-award-if-all-agree = All patentees agree; usually the first one applies
anhui-patent-award-if-implemented = Used in Anhui with marked benefit
anhui-patent-award-if-never-won = Never won the China Patent Award, the China Design Award or a provincial one
anhui-patent-award-if-projects = At most 2 projects for each applicant: 1 invention or utility model and 1 design
anhui-patent-award-projects = How many projects you enter in this edition
anhui-patent-award-benefit = Economic benefit
anhui-patent-award-annexes = Annexes (pictures, certificates, proof of use, announced text, special audit) in one PDF
