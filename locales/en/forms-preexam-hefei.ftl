# Pre-examination in Hefei

preexam-hefei-name = Fast patent pre-examination (Hefei)
preexam-hefei-about = Register your organisation and contact first; quota and slots follow the centre's notices.
preexam-hefei-draft = The industries and filing form of the Hefei centre have not been seen; the centre's notices decide.
preexam-hefei-if-quota = Within the quota: the most inventions granted in one of the last five years times 1.0 (an invention counts 1, a utility model or design 0.5)
preexam-hefei-if-slot = A slot was booked online on the dates the centre opens
