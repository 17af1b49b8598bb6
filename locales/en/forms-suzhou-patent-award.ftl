# Suzhou Outstanding Patent Award

suzhou-patent-award-name = Suzhou Outstanding Patent Award: application
suzhou-patent-award-about = Enter a core patent that is used in Suzhou with marked benefit.
suzhou-patent-award-draft = Conditions and papers follow the notice of 2021; the notice of your year decides.
suzhou-patent-award-if-granted-after = In force and granted after 2016 (notice of 2021; defence patents included)
suzhou-patent-award-if-core = A core patent, important to the firm and the industry
suzhou-patent-award-if-implemented = Used in Suzhou with marked benefit
suzhou-patent-award-if-no-dispute = No dispute about ownership or anything else
suzhou-patent-award-if-never-won = Never won a national, Jiangsu or Suzhou patent award
suzhou-patent-award-if-credit = No bad credit record
suzhou-patent-award-implementation = How it is used in the city
suzhou-patent-award-benefit = Economic and social benefit
suzhou-patent-award-benefit-proof = Proof of the benefit
