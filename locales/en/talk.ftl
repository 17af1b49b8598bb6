# Greetings, thanks, people who want a person, and what is said when in doubt.
talk-greeting = Hello! Just ask about a policy and say which place you mean, for example: What services does the Hefei protection center offer?
talk-thanks = You are welcome. If there is more you would like to know, just ask, for example: How about Suzhou?
talk-noted = All right. Ask me whenever you need something else.
talk-bye = Goodbye, and good luck. Come back whenever you need to look something up.
talk-who = I am Zhice, an automatic assistant for intellectual property policy, not a person. I only quote the documents we hold, with source and validity; what they do not say, I say so.
talk-able = I look things up in the intellectual property policies we hold: targets, support, who is in charge, how long a document is valid. Every answer is a quotation. Name the place, for example: What is Suzhou’s 2025 target for pledge financing? Then go on with: How about Hefei? Answer “apply” to apply for support, or write: remind me tomorrow at 9am to pay the annuity.
talk-human = I am an automatic assistant. There is no person on duty here and no telephone number I could give you. Please write your question to me; what I cannot answer is kept for the staff to add. For your own case, please ask the authority that issued the document.
talk-annoyed = I am sorry that this has not helped. Answer “my applications” to see where yours stands. For a question of policy, please write once more which place and what it is about; what I cannot answer is kept for the staff. With a decision you disagree with, please turn to the authority that made it.
ask-back-field = There are several clauses on this. Which one would you like to see?
ask-unsure-one = No clause says exactly what you ask. This one comes nearest, but may not be what you want:
nothing-near-one = This one comes nearest:
nothing-attribute-missing-there = The document of { $region } does not state this: { $about }. I will not guess.
attribute-department = which department is in charge
attribute-target = a target figure for this
nothing-by-number = “Article { $number }” does not tell which clause you mean: most documents count by chapter and section. Name the place and what it is about, for example: Jiangsu punitive damages.
nothing-contact = Please look it up with the authority itself; about the policies you can go on asking me.
talk-begun = Go ahead. Which place and which subject do you mean? For example: Suzhou patent navigation.
