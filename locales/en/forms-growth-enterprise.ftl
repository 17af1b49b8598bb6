# Growth enterprises

growth-enterprise-name = Suzhou IP growth enterprise: application
growth-enterprise-about = For enterprises in the city's pool of strong IP enterprises.
growth-enterprise-draft = The conditions follow the notice of 2022; the notice of your year decides.
growth-enterprise-if-listed = In the pool of strong IP enterprises
growth-enterprise-if-inventions = At least 10 invention patents in force (fewer with patents abroad; how many fewer was not seen)
growth-enterprise-inventions = Invention patents in force
growth-enterprise-if-certified = GB/T 29490 certification, or a passed evaluation
growth-enterprise-certified = Certified to GB/T 29490 or evaluation passed?
growth-enterprise-if-work = Own IP staff, navigation or analysis, trademark protection
growth-enterprise-if-no-infringement = No malicious infringement in three years
growth-enterprise-overseas = Patents granted abroad
growth-enterprise-staff = Full-time IP staff
growth-enterprise-staff-example = 3 people, in the research centre
growth-enterprise-qualifications = Qualifications (choose any)
growth-enterprise-qualifications-high-tech = High-tech enterprise
growth-enterprise-qualifications-leading-talent = Leading-talent enterprise
growth-enterprise-qualifications-high-growth = High-growth innovative enterprise
growth-enterprise-qualifications-research-body = Research body above designated size
growth-enterprise-qualifications-little-giant = Specialised “little giant”
growth-enterprise-qualifications-gazelle = Gazelle enterprise
growth-enterprise-qualifications-unicorn = Unicorn
