# Certified management system

standard-reward-name = Reward for a certified IP management system
standard-reward-about = After certification of your IP management system.
standard-reward-draft = The conditions follow notices of other cities; the amounts of Suzhou, Wujiang and Hefei have not been seen. The notice of your year decides.
standard-reward-if-valid = The certificate is valid
standard-reward-if-in-period = Certified within the claim period
standard-reward-if-not-rewarded = No earlier provincial or municipal reward for the same certification
standard-reward-if-on-record = On record at the provincial IP office (asked by Changzhou in 2021)
standard-reward-standard = Standard
standard-reward-standard-gb29490-2023 = GB/T 29490-2023 Enterprise IP compliance management systems
standard-reward-standard-gb29490-2013 = GB/T 29490-2013 Enterprise IP management (old edition)
standard-reward-standard-gb33250 = GB/T 33250 IP management of research organisations
standard-reward-standard-gb33251 = GB/T 33251 IP management of universities
standard-reward-certificate-no = Number of the certificate
standard-reward-certifier = Certifying body
standard-reward-certifier-example = Example Certification Co., Ltd.
standard-reward-certified = Date first issued
standard-reward-expires = Valid until
standard-reward-first-time = Is this the first time you apply for it?
standard-reward-certificate = Certificate
standard-reward-second-year = Is it the second year of the certificate or later?
standard-reward-surveillance = Notice of passed surveillance audit
