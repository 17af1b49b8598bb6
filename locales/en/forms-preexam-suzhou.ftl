# Pre-examination filing in Suzhou

preexam-suzhou-name = Filing for fast patent pre-examination (Suzhou)
preexam-suzhou-about = Once filed, you may request pre-examination. PCT applications, divisionals, same-day invention and utility model, and cases for secrecy review are excluded.
preexam-suzhou-draft = These questions follow a republished guide of the protection centre, some by usual practice. The centre's current filing form decides.
preexam-suzhou-if-registered = Registered in Suzhou with independent legal status
preexam-suzhou-if-industries = Main production or research in new materials, biologics, electronic information or digital intelligent manufacturing
preexam-suzhou-if-base = A sound IP base: a stable team and internal rules
preexam-suzhou-if-classes = Later cases fall in the IPC classes the centre accepts
preexam-suzhou-if-credit = No bad credit record
preexam-suzhou-industry = Industry
preexam-suzhou-industry-materials = New materials
preexam-suzhou-industry-biologics = Biologics
preexam-suzhou-industry-electronics = Electronic information
preexam-suzhou-industry-digital = Digital intelligent manufacturing
preexam-suzhou-patents = Patents in force (inventions, utility models, designs)
preexam-suzhou-patents-example = 12,5,0
preexam-suzhou-patents-invention = Inventions
preexam-suzhou-patents-utility = Utility models
preexam-suzhou-patents-design = Designs
preexam-suzhou-rules = Internal rules for intellectual property
